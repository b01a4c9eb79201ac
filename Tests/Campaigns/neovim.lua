-- What Tests/Campaigns/neovim does within Neovim, 0.7 or later.

local function say(text)
  io.stdout:write(text .. "\n")
end

local function fail(text)
  say("FAILED: " .. text)
  vim.cmd("cquit 1")
end

local function expect(what, isRight, found)
  if not isRight then
    fail(what .. ": " .. vim.inspect(found))
  end
  say("ok: " .. what)
end

-- Waits until a function gives something.
local function await(what, body)
  local found
  if not vim.wait(20000, function()
    found = body()
    return found ~= nil and found ~= false
  end, 20) then
    fail(what .. " did not come")
  end
  return found
end

local start = vim.lsp.start_client or vim.lsp.start
local client = start({ name = "anneal", cmd = { vim.env.ANNEAL, "lsp" }, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(0, client)

local function ask(method, parameters)
  local answers = vim.lsp.buf_request_sync(0, method, parameters, 20000)
  local answer = (answers or {})[client]
  if not answer or answer.error then
    fail(method .. ": " .. vim.inspect(answer))
  end
  return answer.result
end

-- Puts the cursor on a text, the first one behind another.
local function go(text, after)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  if after then
    vim.fn.search("\\V" .. after, "cWe")
  end
  if vim.fn.search("\\V" .. text, after and "W" or "cW") == 0 then
    fail("there is no '" .. text .. "'")
  end
end

local function here()
  return vim.lsp.util.make_position_params(0, "utf-16")
end

local function line(number)
  return vim.api.nvim_buf_get_lines(0, number - 1, number, false)[1]
end

-- Diagnostics and the quick fix.
local found = await("the diagnostic", function()
  return vim.diagnostic.get(0)[1]
end)
expect("the diagnostic is at 9:21", found.lnum == 8 and found.col == 20, found)
say("  " .. found.message:gsub("\n", "\n  "))
go("hiden")
local parameters = vim.lsp.util.make_range_params(0, "utf-16")
parameters.context = { diagnostics = {} }
local action = ask("textDocument/codeAction", parameters)[1]
expect("the quick fix is \"Write 'hidden'\"", action.title == "Write 'hidden'", action)
vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
expect("it mends the line", line(9) == "      model: {mlp: {hidden: [8]}}", line(9))
await("a text without problems", function()
  return #vim.diagnostic.get(0) == 0
end)

-- Completion on a line that is being written.
vim.api.nvim_buf_set_lines(0, -1, -1, false, { "      opti" })
go("opti")
vim.cmd("normal! $")
parameters = here()
parameters.position.character = 10
local items = ask("textDocument/completion", parameters).items
local labels = vim.tbl_map(function(item)
  return item.label
end, items)
expect("'opti' completes to 'optimizer'", vim.tbl_contains(labels, "optimizer"), labels)
vim.api.nvim_buf_set_lines(0, -2, -1, false, {})

-- Hover.
go("epochs: $")
local hover = ask("textDocument/hover", here()).contents.value
expect("hover tells the value", hover:find("Comes out as `3`", 1, true) ~= nil, hover)
say("  " .. hover:gsub("\n", "\n  "))

-- Definition and renaming by Neovim's own commands.
go("rows", "from: ")
vim.lsp.buf.definition()
await("the definition", function()
  return vim.api.nvim_win_get_cursor(0)[1] == 4
end)
say("ok: the definition of 'rows' is on line 4")
vim.lsp.buf.rename("flowers")
await("the renaming", function()
  return line(4) == "  flowers:" and line(7) == "    from: flowers"
end)
say("ok: 'rows' was renamed to 'flowers' on lines 4 and 7")

-- Symbols and lenses.
local symbols = ask("textDocument/documentSymbol", { textDocument = here().textDocument })
local stages = symbols[3].children
expect("the outline has both stages", stages[1].name == "flowers" and stages[2].name == "model", symbols)
vim.lsp.codelens.refresh()
local lenses = await("the lenses", function()
  local lenses = vim.lsp.codelens.get(0)
  return #lenses == 2 and lenses
end)
for _, lens in ipairs(lenses) do
  say("  line " .. lens.range.start.line + 1 .. ": " .. lens.command.title)
end
expect("lenses tell how stages stand", lenses[1].command.title:find("would run") ~= nil, lenses)

vim.lsp.stop_client(client)
await("the server's end", function()
  return vim.lsp.client_is_stopped(client)
end)
say("ok: the server has ended")
vim.cmd("qall!")
