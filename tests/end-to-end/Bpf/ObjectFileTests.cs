using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Bpf;

/// <summary>What <c>bpf sections</c> and <c>bpf disassemble</c> say of the objects that the reader's tests use.</summary>
public sealed class ObjectFileTests
{
    [Fact]
    public void Sections_lists_programs_with_their_types_and_maps_with_their_definitions()
    {
        ToolRun run = ToolRun.Of("bpf", "sections", PathOf("counter"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("bind     count    bind  bind                   27          1", run.Lines);
        Assert.Contains("counts         percpu_hash    4     16       64  pinned by name", run.Lines);
        Assert.Contains("license: Dual MIT/GPL", run.Lines);
    }

    [Fact]
    public void Sections_has_all_of_it_as_json()
    {
        JsonElement file = ToolRun.Of("bpf", "sections", PathOf("maps"), "-j").Json.Single();

        JsonElement outer = Named(file, "maps", "outer");
        Assert.Equal(("array_of_maps", 4), (outer.GetProperty("type").GetString(), outer.GetProperty("max_entries").GetInt32()));
        Assert.Equal("left", outer.GetProperty("inner").GetProperty("name").GetString());
        Assert.Equal(["left", "right"], outer.GetProperty("values").EnumerateArray().Select(v => v.GetProperty("value").GetString()!));
        Assert.Equal([5], Named(file, "programs", "jump").GetProperty("helpers").EnumerateArray().Select(h => h.GetInt32()));
        Assert.Equal("STRUCT", Named(file, "types", "inner").GetProperty("kind").GetString());
    }

    [Fact]
    public void Disassemble_prints_each_function_under_the_lines_that_it_was_made_from()
    {
        ToolRun run = ToolRun.Of("bpf", "disassemble", PathOf("functions"), "--section", "xdp/second", "--program", "third");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            [
                "xdp/second/third:",
                "; functions.c:25  int third(struct context* ctx) { return loop(3, callback, 0, 0); }",
                "  0: w1 = 3",
                "  1: r2 = &callback ll",
            ],
            run.Lines.Take(4));
        Assert.Contains("callback:", run.Lines);
    }

    [Fact]
    public void Maps_variables_helpers_and_functions_have_their_names()
    {
        Assert.Contains(" = map[counts] ll\n", ToolRun.Of("bpf", "disassemble", PathOf("counter")).Output, StringComparison.Ordinal);
        Assert.Contains("call bpf_map_update_elem#2\n", ToolRun.Of("bpf", "disassemble", PathOf("counter")).Output, StringComparison.Ordinal);
        Assert.Contains(" = map[variable.bss][0]+8 ll\n", ToolRun.Of("bpf", "disassemble", PathOf("variables")).Output, StringComparison.Ordinal);
        Assert.Contains("call middle\n", ToolRun.Of("bpf", "disassemble", PathOf("functions")).Output, StringComparison.Ordinal);
        Assert.Contains("call provided\n", ToolRun.Of("bpf", "disassemble", PathOf("externs")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Disassemble_gives_bytes_text_and_line_as_json()
    {
        JsonElement program = ToolRun.Of("bpf", "disassemble", PathOf("labels"), "--program", "drop", "-j").Json.Single()[0];

        JsonElement wide = program.GetProperty("instructions")[1];
        Assert.Equal((1, "18010000887766550000000044332211"), (wide.GetProperty("index").GetInt32(), wide.GetProperty("bytes").GetString()));
        Assert.Equal(3, program.GetProperty("instructions").GetArrayLength());

        JsonElement first = ToolRun.Of("bpf", "disassemble", PathOf("counter"), "-j").Json.Single()[0].GetProperty("instructions")[0];
        Assert.Equal(("./counter.c", 17), (first.GetProperty("file").GetString(), first.GetProperty("line").GetInt32()));
    }

    [Theory]
    [InlineData("--section", "--section: 'nowhere' given, expected a section with programs: bind")]
    [InlineData("--program", "--program: 'nowhere' given, expected a program: count")]
    public void A_program_that_the_file_does_not_have_is_refused_with_those_that_it_has(string option, string expected)
    {
        ToolRun run = ToolRun.Of("bpf", "disassemble", PathOf("counter"), option, "nowhere");

        Assert.Equal((1, $"kernelsim: {expected}\n"), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("sections")]
    [InlineData("disassemble")]
    public void A_file_of_another_kind_is_refused_with_field_and_offset(string verb)
    {
        ToolRun run = ToolRun.Of("bpf", verb, Repository.PathOf("tests", "object-files", "objects", "bpf.h"), "-j");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("e_ident[EI_MAG0] at offset 0x0: 0x57202f2f given, expected 0x464c457f", run.Error, StringComparison.Ordinal);
        Assert.Equal("EINVAL", run.Json.Single().GetProperty("errno_name").GetString());
        Assert.Equal("elf.magic", run.Json.Single().GetProperty("check").GetString());
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused() => Assert.Contains(
        "expected an eBPF object file: there is no", ToolRun.Of("bpf", "sections", PathOf("nothing")).Error, StringComparison.Ordinal);

    private static string PathOf(string name) => Repository.PathOf("tests", "object-files", "objects", $"{name}.o");

    private static JsonElement Named(JsonElement file, string array, string name) =>
        file.GetProperty(array).EnumerateArray().First(e => e.GetProperty("name").GetString() == name);
}
