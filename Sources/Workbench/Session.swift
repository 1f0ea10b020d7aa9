import Kernels
import Lua
