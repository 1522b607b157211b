using KernelSim.Bytecode;
using KernelSim.ObjectFiles.Tests.Support;

namespace KernelSim.ObjectFiles.Tests;

public class ProgramTests
{
    [Fact]
    public void A_program_has_its_section_its_maps_and_its_helpers()
    {
        BpfObjectFile file = TestObject.Read("counter");
        ObjectProgram count = file.Program("count");
        Assert.Equal(("bind", "Dual MIT/GPL"), (count.Section, file.License));
        Assert.Equal([1, 2], count.HelperCalls.Select(h => h.Helper));
        MapReference[] counts = [.. count.MapReferences.Where(r => r.Map == file.Map("counts").Index)];
        Assert.Equal(2, counts.Length);
        Assert.All(counts, r => Assert.Equal((false, 1), (r.IsValue, count.Instructions[r.Instruction].Source)));
    }

    [Fact]
    public void Each_function_that_a_program_calls_is_appended_once_at_its_first_call() => Assert.Equal(
        ["first", "middle", "deepest", "local", "beside"],
        TestObject.Read("functions").Program("first").Functions.Select(f => f.Function.Name));

    [Fact]
    public void Functions_of_other_sections_are_appended() => Assert.Equal(
        ["second", "deepest", "local", "in_other_section"],
        TestObject.Read("functions").Program("second").Functions.Select(f => f.Function.Name));

    [Fact]
    public void Calls_have_the_distances_of_the_linked_program()
    {
        foreach (ObjectProgram program in TestObject.Read("functions").Programs)
        {
            for (int i = 0; i < program.Instructions.Length; i++)
            {
                if (program.Instructions[i].IsLocalCall)
                {
                    int target = i + 1 + program.Instructions[i].Immediate;
                    Assert.Contains(program.Functions, f => f.FirstInstruction == target);
                }
            }
        }
    }

    [Fact]
    public void The_address_of_a_function_is_its_distance()
    {
        ObjectProgram third = TestObject.Read("functions").Program("third");
        int load = third.Instructions.ToList().FindIndex(i => i is { IsWide: true, Source: 4 });
        LinkedFunction callback = third.Functions[1];
        Assert.Equal(("callback", callback.FirstInstruction), (callback.Function.Name, load + 1 + third.Instructions[load].Immediate));
    }

    [Fact]
    public void Static_functions_and_those_of_text_are_no_programs() => Assert.Equal(
        ["first", "second", "third", "weak"], TestObject.Read("functions").Programs.Select(p => p.Name).Order());

    [Fact]
    public void A_weak_function_says_so() => Assert.True(TestObject.Read("functions").Program("weak").Function.IsWeak);

    [Fact]
    public void Without_sections_the_functions_that_nothing_calls_are_programs()
    {
        BpfObjectFile file = TestObject.Read("text");
        Assert.Equal(["one", "two"], file.Programs.Select(p => p.Name));
        Assert.Null(file.Types);
        Assert.Empty(file.Program("one").Lines);
    }

    [Fact]
    public void Labels_without_size_reach_to_the_next_and_a_section_without_labels_is_one_program()
    {
        BpfObjectFile file = TestObject.Read("labels");
        Assert.Equal([("pass", 2), ("drop", 4), ("unnamed", 2)], file.Programs.Select(p => (p.Name, p.Instructions.Length)));
    }

    [Fact]
    public void What_the_kernel_has_is_listed_with_its_module()
    {
        BpfObjectFile file = TestObject.Read("externs");
        ObjectExtern provided = file.Externs.Single(e => e.Name == "provided");
        ObjectExtern optional = file.Externs.Single(e => e.Name == "optional");
        ObjectProgram ask = file.Program("ask");
        Assert.Equal((true, false, ".ksyms"), (provided.IsFunction, provided.IsWeak, provided.Section));
        Assert.Equal(["module_id:{8f6c1f83-ce4c-4b58-8b91-654a29e23b7c}"], provided.Tags);
        Assert.Equal((false, true), (optional.IsFunction, optional.IsWeak));
        Assert.Equal(
            [(optional.Index, false, 3), (provided.Index, true, 2)],
            ask.ExternReferences.Select(r => (r.Extern, r.IsCall, ask.Instructions[r.Instruction].Source)));
    }

    [Fact]
    public void Every_instruction_of_a_function_has_a_line_of_that_function()
    {
        foreach (ObjectProgram program in TestObject.Read("functions").Programs)
        {
            foreach (LinkedFunction function in program.Functions)
            {
                SourceLine line = program.LineOf(function.FirstInstruction)!.Value;
                Assert.Equal("./functions.c", line.File);
                Assert.Contains(function.Function.Name, line.Text, StringComparison.Ordinal);
                Assert.Equal(function, program.FunctionOf(function.FirstInstruction + function.Function.InstructionCount - 1));
            }
        }
    }

    [Fact]
    public void A_line_has_its_number_and_its_column()
    {
        ObjectProgram count = TestObject.Read("counter").Program("count");
        HelperCall update = count.HelperCalls.Single(h => h.Helper == 2);
        SourceLine line = count.LineOf(update.Instruction)!.Value;
        Assert.Equal((25, 5, "    map_update(&counts, &port, &first, 0);"), (line.Line, line.Column, line.Text));
        Assert.Null(count.LineOf(-1));
        Assert.Null(count.LineOf(count.Instructions.Length));
    }

    [Fact]
    public void Functions_have_their_types()
    {
        BpfObjectFile file = TestObject.Read("functions");
        Assert.All(file.Functions, f => Assert.Equal((f.Name, BtfKind.Function), (file.Types![f.Type].Name, file.Types[f.Type].Kind)));
    }

    [Fact]
    public void Instructions_are_those_of_the_file()
    {
        ObjectProgram pass = TestObject.Read("labels").Program("pass");
        Assert.Equal([new BpfInstruction(0xb7, 0, 0, 0, 2), new BpfInstruction(0x95, 0, 0, 0, 0)], pass.Instructions);
    }
}
