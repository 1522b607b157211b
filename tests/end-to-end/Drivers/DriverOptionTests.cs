using KernelSim.EndToEnd.Tests.Script;

namespace KernelSim.EndToEnd.Tests.Drivers;

/// <summary><c>--driver</c>: what files bring to a script's machine.</summary>
public sealed class DriverOptionTests
{
    private const string Open = """{"op":"create_file","as":"d","path":"\\\\.\\NAME"}""";
    private const string Opened = """{"ret":4,"status":"STATUS_SUCCESS"}""";

    [Fact]
    public void Several_files_load_in_the_order_of_the_options()
    {
        ToolRun run = LabScript.Run(
            [Open.Replace("NAME", "Mailbox", StringComparison.Ordinal), Open.Replace("NAME", "Echo", StringComparison.Ordinal)],
            "--driver",
            SampleFile.Mailbox,
            "--driver",
            SampleFile.Echo);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(run.Json, result => Assert.Equal("STATUS_SUCCESS", result.GetProperty("status").GetString()));
    }

    [Fact]
    public void A_later_file_may_use_what_an_earlier_one_has_made()
    {
        using TempFolder folder = new();
        string first = DriverCompiler.Compile(folder, "First", DriverCompiler.Driver("First"));
        string second = DriverCompiler.Compile(
            folder,
            "Second",
            DriverCompiler.Driver(
                "Second", entry: """if (!io.CreateSymbolicLink(@"\GLOBAL??\Alias", @"\Device\First").IsSuccess) return NtStatus.NoSuchDevice;""",
                unload: """io.DeleteSymbolicLink(@"\GLOBAL??\Alias");"""));

        ToolRun run = LabScript.Run([Open.Replace("NAME", "Alias", StringComparison.Ordinal)], "--driver", first, "--driver", second);

        Assert.Equal((0, Opened + "\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public void Files_that_share_a_contract_have_the_same_types_though_each_has_its_copy()
    {
        using TempFolder contracts = new();
        using TempFolder one = new();
        using TempFolder other = new();
        string contract = DriverCompiler.Compile(contracts, "Contract", "public static class Shared { public static int Count; }");
        string count = DriverCompiler.Driver("NAME", entry: "if (++Shared.Count != NUMBER) return NtStatus.InvalidDeviceState;");
        string first = DriverCompiler.Compile(one, "First", Named(count, "First", 1), [contract]);
        string second = DriverCompiler.Compile(other, "Second", Named(count, "Second", 2), [contract]);
        File.Copy(contract, Path.Combine(one.Path, "Contract.dll"));
        File.Copy(contract, Path.Combine(other.Path, "Contract.dll"));

        ToolRun run = LabScript.Run([Open.Replace("NAME", "Second", StringComparison.Ordinal)], "--driver", first, "--driver", second);

        Assert.Equal((0, Opened + "\n", ""), (run.ExitCode, run.Output, run.Error));

        static string Named(string source, string name, int number) => source
            .Replace("NAME", name, StringComparison.Ordinal)
            .Replace("NUMBER", $"{number}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_driver_may_be_the_second_class_of_its_file_and_have_optional_arguments()
    {
        using TempFolder folder = new();
        string file = DriverCompiler.Compile(
            folder,
            "Two",
            "public interface INothing { }\n"
            + DriverCompiler.Driver("One") + "\n"
            + DriverCompiler.Driver("Two", members: "public Two(string text = \"x\", int? number = null) { }"));

        ToolRun run = LabScript.Run(
            [Open.Replace("NAME", "One", StringComparison.Ordinal), Open.Replace("NAME", "Two", StringComparison.Ordinal)], "--driver", file);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(run.Json, result => Assert.Equal(0, result.GetProperty("ret").GetInt32() % 4));
    }

    [Fact]
    public void A_driver_with_the_name_of_one_of_the_samples_takes_its_place()
    {
        using TempFolder folder = new();
        string file = DriverCompiler.Compile(folder, "Mine", DriverCompiler.Driver("SampleExt"));

        ToolRun run = LabScript.Run([Open.Replace("NAME", "SampleExt", StringComparison.Ordinal)], "--driver", file);

        Assert.Equal((0, Opened + "\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public void The_sample_extensions_load_as_files_too()
    {
        string[] lines =
        [
            """{"op":"map_create","as":"m","type":"sample_hash_map","name":"numbers","key_size":4,"value_size":4,"max_entries":2}""",
            """{"op":"map_update_elem","fd":"m","key":"01000000","value":"64000000"}""",
            """{"op":"map_lookup_elem","fd":"m","key":"01000000"}""",
            """{"op":"obj_pin","fd":"m","path":"/ebpf/global/numbers"}""",
        ];

        ToolRun run = LabScript.Run(lines, "--driver", SampleFile.SampleMap, "--driver", SampleFile.SampleExt);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        LabScript.Answers("""{"ret":0,"value":"64000000"}""", run.Json[2]);
    }

    [Fact]
    public void Program_modules_of_a_file_are_found_by_their_names()
    {
        using TempFolder folder = new();
        string file = DriverCompiler.Compile(
            folder,
            "Modules",
            """
            public static class DropAll
            {
                [EbpfProgram("xdp/all", Name = "drop_all")]
                public static uint Run(EbpfProgramContext context) => 2;
            }
            """);
        string[] lines =
        [
            """{"op":"object_load","as":"o","file":"dropall.sys"}""",
            """{"op":"prog_attach","fd":"o.drop_all"}""",
            """{"op":"network_event","cpu":0,"event":"packet","protocol":"udp","payload":10}""",
            """{"op":"object_load","as":"t","file":"tail_call_chain.sys"}""",
        ];

        ToolRun run = LabScript.Run(lines, "--driver", file, "--driver", SampleFile.Programs);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("block", run.Json[2].GetProperty("action").GetString());
        Assert.Equal(0, run.Json[3].GetProperty("ret").GetInt32());
    }

    [Fact]
    public void A_private_dependency_is_found_beside_the_file()
    {
        using TempFolder folder = new();
        string helper = DriverCompiler.Compile(folder, "Private.Helper", "public static class Names { public static string Of() => \"ok\"; }");
        string file = DriverCompiler.Compile(
            folder, "Mine", DriverCompiler.Driver("Mine", entry: "if (Names.Of() != \"ok\") return NtStatus.Unsuccessful;"), [helper]);

        ToolRun run = LabScript.Run([Open.Replace("NAME", "Mine", StringComparison.Ordinal)], "--driver", file);

        Assert.Equal((0, Opened + "\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public void A_file_can_be_built_again_while_it_is_loaded()
    {
        using TempFolder folder = new();
        string file = DriverCompiler.Compile(folder, "Mine", DriverCompiler.Driver("Mine"));
        Assert.Equal(0, LabScript.Run([], "--driver", file).ExitCode);

        DriverCompiler.Compile(folder, "Mine", DriverCompiler.Driver("Other"));
        ToolRun run = LabScript.Run([Open.Replace("NAME", "Other", StringComparison.Ordinal)], "--driver", file);

        Assert.Equal((0, Opened + "\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Theory]
    [InlineData("expected none of the machine's options: they are given to 'kernelsim serve'", "script", "--server", "x", "-")]
    [InlineData("--driver given with --stop, expected --name alone", "serve", "--stop")]
    [InlineData("'--driver' given", "replay", "x")]
    [InlineData("'--driver' given", "bench")]
    public void A_verb_without_a_machine_of_its_own_takes_no_driver(string complaint, params string[] args)
    {
        ToolRun run = ToolRun.Of([.. args, "--driver", SampleFile.Echo]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
    }
}
