// NativeTensor
