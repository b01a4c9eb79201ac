#include "CDeploy.h"
