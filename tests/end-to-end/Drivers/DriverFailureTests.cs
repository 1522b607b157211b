using KernelSim.EndToEnd.Tests.Script;

namespace KernelSim.EndToEnd.Tests.Drivers;

/// <summary>What is told of a file that cannot be used, and of a driver that breaks the machine.</summary>
public sealed class DriverFailureTests : IDisposable
{
    private const string Ioctl = """{"op":"device_io_control","handle":"d","code":"0x80002000"}""";

    private readonly TempFolder _folder = new();

    /// <summary>Sources of drivers that do not load, and what is said of them.</summary>
    public static TheoryData<string, string> Unloadable => new()
    {
        {
            "internal class Hidden : IDriver { public string Name => \"x\"; public NtStatus DriverEntry(KeThread c, DriverObject d) => default; }",
            "it has no public class that implements KernelSim.Nt.Io.IDriver, and none with an [EbpfProgram] method; Hidden is not public"
        },
        {
            DriverCompiler.Driver("Needy", members: "public Needy(int number) { }"),
            "and none with an [EbpfProgram] method; Needy has no public constructor that can do without arguments"
        },
        { "public class Nothing { }", "it has no public class that implements KernelSim.Nt.Io.IDriver" },
        {
            DriverCompiler.Driver("Born", members: "public Born() { throw new InvalidOperationException(\"still\\nborn\"); }"),
            "the driver Born cannot be created: InvalidOperationException in Born..ctor (Bad.cs:14): still"
        },
        {
            DriverCompiler.Driver("Born", members: "static Born() { int.Parse(\"zero\"); }"),
            "the driver Born cannot be created: FormatException in Born..cctor (Bad.cs:14): "
        },
        {
            DriverCompiler.Driver("Nameless").Replace("=> \"Nameless\"", "=> null", StringComparison.Ordinal),
            "the driver Nameless has no name"
        },
        {
            DriverCompiler.Driver("Refuses", entry: "if (driver is not null) return NtStatus.InsufficientResources;"),
            "driver 'Refuses' of 'Bad.dll' given, expected one that loads: its DriverEntry returned STATUS_INSUFFICIENT_RESOURCES"
        },
        {
            DriverCompiler.Driver("Throws", entry: "int[] none = []; none[1] = 2;"),
            "driver 'Throws' of 'Bad.dll' given, expected one that loads: the machine stopped: *** STOP: 0x0000001E"
        },
        {
            DriverCompiler.Driver("EbpfCore"),
            "driver 'EbpfCore' of 'Bad.dll' given, expected one that loads: the machine has a driver of that name, which cannot be replaced"
        },
        {
            DriverCompiler.Driver("Twin") + DriverCompiler.Driver("Twin2").Replace("=> \"Twin2\"", "=> \"twin\"", StringComparison.Ordinal),
            "Bad.dll' given, expected a name that no other driver has: 'Bad.dll' has it"
        },
        {
            "public static class Broken { [EbpfProgram(\"xdp/x\", Name = \"x\")] public static int Run(string text) => 0; }",
            "the module Broken cannot be compiled: "
        },
        {
            "public static class Images { public static KernelSim.Nt.Images.DriverImage One => throw new NotSupportedException(\"later\"); }",
            "the image Images.One cannot be read: NotSupportedException in Images.get_One (Bad.cs:12): later"
        },
    };

    [Theory]
    [MemberData(nameof(Unloadable))]
    public void A_file_that_cannot_be_used_is_refused_with_the_reason(string source, string reason)
    {
        string file = DriverCompiler.Compile(_folder, "Bad", source);

        ToolRun run = LabScript.Run(["""{"op":"num_possible_cpus"}"""], "--driver", file);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        Refuses("/nowhere/mine.dll", "'/nowhere/mine.dll' given, expected the assembly (.dll) of a driver or a program module: there is no folder");
        Refuses(_folder.Path, "it is a folder");
        ToolRun json = LabScript.Run([], "--driver", Path.Combine(_folder.Path, "mine.dll"), "-j");
        Assert.Equal((1, "ENOENT"), (json.ExitCode, ToolRun.Parse(json.Output).GetProperty("errno_name").GetString()));
    }

    [Theory]
    [InlineData("", "it is not a .NET assembly")]
    [InlineData("This is text.\n", "it is not a .NET assembly")]
    [InlineData("MZ", "it is not a .NET assembly")]
    public void A_file_of_another_kind_is_refused(string text, string reason) =>
        Refuses(_folder.Add("text.dll", System.Text.Encoding.UTF8.GetBytes(text)), reason);

    [Fact]
    public void An_assembly_that_was_cut_short_is_refused()
    {
        byte[] whole = File.ReadAllBytes(SampleFile.Echo);
        for (int parts = 1; parts < 16; parts++)
        {
            Refuses(_folder.Add("cut.dll", whole[..(whole.Length * parts / 16)]), "given, expected the assembly (.dll) of a driver");
        }
    }

    [Fact]
    public void A_reference_assembly_is_told_from_the_real_one() => Refuses(
        DriverCompiler.Compile(
            _folder,
            "Ref",
            "[assembly: ReferenceAssembly] namespace X { " + DriverCompiler.Driver("Mine") + " }",
            metadataOnly: true),
        "it is a reference assembly, which has no code; the assembly itself is in the project's bin folder");

    [Fact]
    public void What_was_built_against_another_version_names_both_and_what_is_missing()
    {
        string nt = DriverCompiler.Compile(
            _folder,
            "KernelSim.Nt",
            """
            [assembly: AssemblyVersion("9.8.7.0")]
            namespace KernelSim.EbpfCore.Native { }
            namespace KernelSim.EbpfCore.Programs { }
            namespace KernelSim.Nt.Mm { public class PoolTag { } }
            namespace KernelSim.Nt.Ke { public class KeThread { public Machine Machine => null; } }
            namespace KernelSim.Nt { public class Machine { public Io.IoManager Io => null; } }
            namespace KernelSim.Nt.Io
            {
                public interface IDriver { string Name { get; } NtStatus DriverEntry(KernelSim.Nt.Ke.KeThread current, DriverObject driver); }
                public class DriverObject { public Machine Machine => null; }
                public class IoManager { public NtStatus CreateTeapot(int cups) => default; }
            }
            """.Replace("Io.IoManager Io", "KernelSim.Nt.Io.IoManager Io", StringComparison.Ordinal),
            [typeof(KernelSim.Protocol.NtStatus).Assembly.Location]);
        string file = DriverCompiler.Compile(
            _folder,
            "Newer",
            """
            public class Newer : IDriver
            {
                public string Name => "Newer";
                public NtStatus DriverEntry(KeThread current, DriverObject driver) => driver.Machine.Io.CreateTeapot(2);
            }
            """,
            [nt]);

        string own = typeof(KernelSim.Nt.Machine).Assembly.GetName().Version!.ToString(3);
        Refuses(file, $"it was built against KernelSim.Nt 9.8.7, and this is {own}: Method not found: ");
        Refuses(file, "CreateTeapot");
    }

    [Fact]
    public void A_dependency_that_is_missing_is_named_with_what_helps()
    {
        using TempFolder elsewhere = new();
        string helper = DriverCompiler.Compile(elsewhere, "Private.Helper", "public static class Names { public static string Of() => \"ok\"; }");
        Refuses(
            DriverCompiler.Compile(_folder, "Mine", DriverCompiler.Driver("Mine", entry: "if (Names.Of() is null) return default;"), [helper]),
            "it needs Private.Helper 0.0.0, which kernelsim does not have and which is not beside the file; set EnableDynamicLoading");
    }

    [Fact]
    public void Two_files_with_drivers_of_one_name_are_both_named()
    {
        ToolRun run = LabScript.Run([], "--driver", SampleFile.Echo, "--driver", SampleFile.Echo);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "KernelSim.Samples.Echo.dll' given, expected a name that no other driver has: 'KernelSim.Samples.Echo.dll' has it",
            run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_in_a_dispatch_routine_stops_the_machine_and_is_told_in_one_line()
    {
        ToolRun run = Run(DriverCompiler.Driver("Bad", control: "object none = null; none.ToString(); return default;"), Ioctl);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("""{"ret":4,"status":"STATUS_SUCCESS"}""" + "\n", run.Output);
        Assert.Matches(
            @"^kernelsim: the machine stopped: \*\*\* STOP: 0x0000001E \(0x[0-9A-F]+, 0x0, 0x0, 0x0\) KmodeExceptionNotHandled: "
            + @"NullReferenceException in Bad\.Control \(Bad\.cs:\d+\): Object reference not set to an instance of an object\.\n$",
            run.Error);
    }

    [Fact]
    public void The_place_is_in_the_driver_where_it_calls_the_kernel_wrongly()
    {
        ToolRun run = Run(DriverCompiler.Driver("Bad", control: "current.Machine.Io.CreateDevice(null, \"x\", out _); return default;"), Ioctl);

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"ArgumentNullException in Bad\.Control \(Bad\.cs:\d+\): ", run.Error);
    }

    [Fact]
    public void An_exception_in_a_dpc_names_the_method_that_holds_its_code()
    {
        string late = "new KDpc(current.Machine, there => throw new InvalidOperationException(\"late\")).Insert(current, 0); return default;";
        ToolRun run = Run(DriverCompiler.Driver("Bad", control: late), Ioctl);

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"InvalidOperationException in Bad\.Control \(Bad\.cs:\d+\): late\n$", run.Error);
    }

    [Fact]
    public void An_exception_in_the_unload_routine_is_told_when_the_machine_shuts_down()
    {
        ToolRun run = Run(DriverCompiler.Driver("Bad", unload: "throw new InvalidOperationException(\"not now\");"));

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"^kernelsim: the machine stopped: .* InvalidOperationException in Bad\.DriverEntry \(Bad\.cs:\d+\): not now\n$", run.Error);
    }

    [Fact]
    public void An_exception_in_a_program_stops_the_machine_too()
    {
        string file = DriverCompiler.Compile(
            _folder,
            "Bad",
            """
            public static class Bad
            {
                [EbpfProgram("xdp/bad", Name = "bad")]
                public static uint Run(EbpfProgramContext context) => throw new InvalidOperationException("bad program");
            }
            """);
        ToolRun run = LabScript.Run(
            [
                """{"op":"object_load","as":"o","file":"bad.sys"}""",
                """{"op":"prog_attach","fd":"o.bad"}""",
                """{"op":"network_event","cpu":0,"event":"packet","protocol":"udp","payload":10}""",
            ],
            "--driver",
            file);

        Assert.Equal((1, 2), (run.ExitCode, run.Lines.Count));
        Assert.Matches(@"^kernelsim: the machine stopped: .* InvalidOperationException in Bad\.Run \(Bad\.cs:\d+\): bad program\n$", run.Error);
    }

    [Fact]
    public void What_a_driver_leaves_in_pool_is_told_with_its_tag_and_its_file()
    {
        ToolRun run = Run(DriverCompiler.Driver(
            "Bad", entry: "for (int i = 0; i < 3; i++) { driver.Machine.Pool.Allocate(32, new PoolTag(\"Abcd\")); }"));

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            "kernelsim: the machine shut down with 1 thing outstanding, expected none: pool 'Abcd': 3 blocks, 96 bytes, left by Bad.dll\n",
            run.Error);
    }

    [Fact]
    public void A_request_that_nobody_completes_is_told_at_the_end()
    {
        ToolRun run = Run(DriverCompiler.Driver("Bad", control: "irp.MarkPending(); return NtStatus.Pending;"), Ioctl);

        Assert.Equal(1, run.ExitCode);
        LabScript.Answers("""{"ret":0,"status":"STATUS_PENDING","request":1}""", run.Json[1]);
        Assert.Contains("the machine stopped: *** STOP: 0x000000CE", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void Refuses(string file, string reason)
    {
        ToolRun run = LabScript.Run(["""{"op":"num_possible_cpus"}"""], "--driver", file);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    private ToolRun Run(string source, params string[] lines)
    {
        string file = DriverCompiler.Compile(_folder, "Bad", source);
        return LabScript.Run(["""{"op":"create_file","as":"d","path":"\\\\.\\Bad"}""", .. lines], "--driver", file);
    }
}
