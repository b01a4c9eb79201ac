// Reading, saving and compiling models.

#pragma once

#include "CDeploy.h"

namespace anneal {

int32_t read(const char *path, anneal_deploy_graph **graph);
int32_t save(const anneal_deploy_graph *graph, const char *path);
void release_graph(anneal_deploy_graph *graph);
int32_t largest_integer(const anneal_deploy_graph *graph, int32_t *largest);

int32_t compile(
    const anneal_deploy_graph *graph, int64_t batch, const anneal_deploy_property *properties,
    size_t count, anneal_deploy_compiled **compiled);
int32_t property(
    const anneal_deploy_compiled *compiled, const char *key, char *value, size_t capacity);
size_t input_count(const anneal_deploy_compiled *compiled);
size_t output_count(const anneal_deploy_compiled *compiled);
int32_t input(const anneal_deploy_compiled *compiled, size_t index, anneal_deploy_port *port);
int32_t output(const anneal_deploy_compiled *compiled, size_t index, anneal_deploy_port *port);
void release_compiled(anneal_deploy_compiled *compiled);

}  // namespace anneal
