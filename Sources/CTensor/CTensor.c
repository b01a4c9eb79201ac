#include "CTensor.h"
