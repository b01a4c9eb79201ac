// Running a compiled model.

#pragma once

#include "CDeploy.h"

namespace anneal {

int32_t make_request(const anneal_deploy_compiled *compiled, anneal_deploy_request **request);
int32_t set_input(anneal_deploy_request *request, size_t index, const anneal_deploy_tensor *tensor);
int32_t infer(anneal_deploy_request *request);
int32_t start(anneal_deploy_request *request);
int32_t wait(anneal_deploy_request *request);
int32_t result(anneal_deploy_request *request, size_t index, anneal_deploy_tensor *tensor);
void release_request(anneal_deploy_request *request);

}  // namespace anneal
