#ifndef NATIVETENSOR_H
#define NATIVETENSOR_H

// The library offers one symbol, ANNEAL_TENSOR_ENTRY, found with dlsym; CTensor.h describes it.

#endif
