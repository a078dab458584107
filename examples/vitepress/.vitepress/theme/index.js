import DefaultTheme from "vitepress/theme";
import "tcpscope";

export default DefaultTheme;
