using System.Text.Json;
using KernelSim.EndToEnd.Tests.Script;

namespace KernelSim.EndToEnd.Tests.Bpf;

/// <summary>The verb <c>bpf compile</c>, and scripts that load what it writes.</summary>
public sealed class CompileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_module_runs_like_one_in_csharp()
    {
        string module = In("counter.dll");
        ToolRun run = ToolRun.Of("bpf", "compile", Sample("counter.o"), "-o", module);
        Assert.Equal(new ToolRun(0, "", $"kernelsim: {module}: 1 program, 1 map; the symbols are {In("counter.pdb")}\n"), run);

        string[] rest =
        [
            """{"op":"prog_attach","as":"l","fd":"c.count_packets","ifindex":1}""",
            """{"op":"network_event","cpu":1,"event":"packet","protocol":"udp","ifindex":1,"local_port":53,"payload":18}""",
            """{"op":"network_event","cpu":1,"event":"packet","protocol":"udp","ifindex":1,"local_port":53,"payload":18}""",
            """{"op":"map_lookup_elem","fd":"c.stats","key":"35000000"}""",
        ];
        string value = LabScript.Results([Load(module), .. rest], "--cpus", "2")[4].GetProperty("value").GetString()!;
        Assert.Equal("00000000000000000000000000000000" + "020000007800000000000000" + "00000000", value);
        Assert.Equal(value, LabScript.Results([Load("counter.sys"), .. rest], "--cpus", "2", "--driver", module)[4].GetProperty("value").GetString());
    }

    [Fact]
    public void Json_names_files_programs_and_maps_and_the_bytes_are_the_same_each_time()
    {
        string module = In("globals.dll");
        ToolRun run = ToolRun.Of("bpf", "compile", Sample("globals.o"), "-o", module, "-j");
        JsonElement json = Assert.Single(run.Json);
        string[] expected = [module, In("globals.pdb"), """["limit_ports"]""", """["held","globals.rodata","globals.data","globals.bss"]"""];
        Assert.Equal(expected, json.EnumerateObject().Select(m => m.Value.ToString()));

        byte[] first = [.. File.ReadAllBytes(module), .. File.ReadAllBytes(In("globals.pdb"))];
        Assert.Equal(0, ToolRun.Of("bpf", "compile", Sample("globals.o"), "-o", module).ExitCode);
        byte[] second = [.. File.ReadAllBytes(module), .. File.ReadAllBytes(In("globals.pdb"))];
        Assert.Equal(first, second);
    }

    [Fact]
    public void A_program_that_would_not_load_is_refused_with_its_check_and_nothing_is_written()
    {
        ToolRun run = ToolRun.Of("bpf", "compile", Sample("refused/recursion.o"), "-o", In("recursion.dll"), "-j");
        Assert.Equal((1, "bytecode.recursion"), (run.ExitCode, Assert.Single(run.Json).GetProperty("check").GetString()));
        Assert.Contains("recursion.c:", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, ToolRun.Of("bpf", "compile", Sample("refused/incomplete_lddw.o"), "-o", In("lddw.dll")).ExitCode);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public void Wrong_names_of_the_output_are_told_apart()
    {
        ToolRun ending = ToolRun.Of("bpf", "compile", Sample("counter.o"), "-o", In("counter.sys"));
        Assert.Equal(2, ending.ExitCode);
        Assert.Equal($"kernelsim: -o: '{In("counter.sys")}' given, expected the name of a file that ends in .dll\n", ending.Error);
        ToolRun folder = ToolRun.Of("bpf", "compile", Sample("counter.o"), "-o", In("none/counter.dll"));
        Assert.Equal(1, folder.ExitCode);
        Assert.Contains("there is no folder", folder.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b")]
    [InlineData("a=b, Version=9.9.9.9")]
    [InlineData("KernelSim.a,b")]
    public void A_module_may_have_a_name_with_commas_and_equals_signs(string name)
    {
        string module = In($"{name}.dll");
        Assert.Equal(0, ToolRun.Of("bpf", "compile", Sample("globals.o"), "-o", module).ExitCode);
        Assert.Equal(0, LabScript.Results([Load(module)])[0].GetProperty("ret").GetInt32());
    }

    [Theory]
    [InlineData("KernelSim.Bytecode")]
    [InlineData("System.Private.CoreLib")]
    [InlineData("kernelsim")]
    public void A_module_does_not_get_the_name_of_an_assembly_of_the_tool(string name)
    {
        string module = In($"{name}.dll");
        ToolRun run = ToolRun.Of("bpf", "compile", Sample("counter.o"), "-o", module);
        string expected = $"kernelsim: -o: '{module}' given, expected a name that no assembly of kernelsim has: {name} is one of them\n";
        Assert.Equal(new ToolRun(2, "", expected), run);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Theory]
    [InlineData("counter.dll", "a file to write the module to")]
    [InlineData("counter.pdb", "a file to write the module's symbols to")]
    public void Where_one_of_both_files_cannot_be_written_neither_is(string name, string expected)
    {
        string folder = In(name);
        Directory.CreateDirectory(folder);
        ToolRun run = ToolRun.Of("bpf", "compile", Sample("counter.o"), "-o", In("counter.dll"));
        Assert.Equal(new ToolRun(1, "", $"kernelsim: '{folder}' given, expected {expected}: it is a folder\n"), run);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Theory]
    [InlineData("compile")]
    [InlineData("sections")]
    [InlineData("disassemble")]
    [InlineData("verify")]
    public void A_folder_is_no_object_file(string verb)
    {
        string[] output = verb == "compile" ? ["-o", In("y.dll")] : [];
        ToolRun run = ToolRun.Of(["bpf", verb, _folder.Path, .. output]);
        Assert.Equal(new ToolRun(1, "", $"kernelsim: '{_folder.Path}' given, expected an eBPF object file: it is a folder\n"), run);
    }

    [Fact]
    public void A_file_that_is_no_module_is_refused_by_the_line_that_loads_it()
    {
        File.WriteAllText(In("text.dll"), "text");
        ToolRun run = LabScript.Run([Load(In("text.dll"))]);
        Assert.Contains("\"errno\":\"EINVAL\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("it is not a .NET assembly", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("droppacket.sys", "interpreter", "execution 'interpreter' given, expected 'native' for a module")]
    [InlineData("counter.o", "native", "execution 'native' given, expected 'interpreter' or 'compiled' for an object file")]
    public void An_execution_that_the_file_does_not_have_is_told_with_what_it_has(string file, string execution, string note)
    {
        string path = file.EndsWith(".o", StringComparison.Ordinal) ? Sample(file).Replace('\\', '/') : file;

        ToolRun run = LabScript.Run([$$"""{"op":"object_load","as":"c","file":"{{path}}","execution":"{{execution}}"}"""]);

        Assert.Equal(
            new ToolRun(0, """{"ret":-22,"errno":"EINVAL"}""" + "\n", $"kernelsim: script: line 1: note: {note}\n"), run);
    }

    [Fact]
    public void An_assembly_that_is_not_there_is_told_with_the_places_where_it_was_looked_for()
    {
        ToolRun run = LabScript.Run([Load("nothing.dll")]);

        Assert.Equal(
            new ToolRun(
                0,
                """{"ret":-22,"errno":"EINVAL","check":"api.object.file"}""" + "\n",
                "kernelsim: script: line 1: note: 'nothing.dll' given, expected the assembly of a module on this host, or a module of the machine\n"),
            run);
    }

    private static string Sample(string name) => Repository.PathOf("samples", "c", name);

    private static string Load(string file) => $$"""{"op":"object_load","as":"c","file":"{{file.Replace('\\', '/')}}"}""";

    private string In(string name) => Path.Combine(_folder.Path, name);
}
