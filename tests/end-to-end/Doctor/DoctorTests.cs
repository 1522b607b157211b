using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KernelSim.EndToEnd.Tests.Process;
using KernelSim.HostBpf;
using KernelSim.LabScripts.Output;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Doctor;
using KernelSim.Tool.Doctor.Things;

namespace KernelSim.EndToEnd.Tests.Doctor;

public sealed class DoctorTests
{
    private const string Without = "Name:\tkernelsim\nCapEff:\t0000000000000000";
    private const string WithPtrace = "Name:\tkernelsim\nCapEff:\t0000000000080000";

    public static TheoryData<string> Systems => [.. Enum.GetNames<HostSystem>()];

    [Fact]
    public void Everything_that_verbs_need_is_here()
    {
        ToolRun run = ToolRun.Of("doctor");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(HostThings.All.Count, run.Lines.Count(l => l.StartsWith("ok ", StringComparison.Ordinal)
            || l.StartsWith("limited ", StringComparison.Ordinal) || l.StartsWith("missing ", StringComparison.Ordinal)));
        Assert.Matches($@"\n\n{HostThings.All.Count} things: \d+ ok[^\n]*\.\n$", run.Output);
    }

    [Fact]
    public void Json_is_one_array_with_ids_that_stay()
    {
        JsonElement json = ToolRun.Of("doctor", "-j").Json.Single();

        Assert.Equal(
            [
                "dotnet-runtime", "dotnet-sdk", "processors", "memory", "huge-pages", "servers-folder", "diagnostics-port", "terminal", "ptrace",
                "bpf", "perf", "chromium", "clang",
            ],
            json.EnumerateArray().Select(t => t.GetProperty("id").GetString()));
        Assert.All(json.EnumerateArray(), t =>
        {
            Assert.Equal(["id", "name", "state", "needed", "found", "means", "do"], t.EnumerateObject().Select(p => p.Name));
            Assert.Contains(t.GetProperty("state").GetString(), (string[])["ok", "limited", "missing"]);
        });
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Every_thing_says_something_on_every_system_even_where_there_is_nothing(string system)
    {
        HostView host = Nothing with { System = Enum.Parse<HostSystem>(system) };
        foreach (IHostThing thing in HostThings.All)
        {
            Finding finding = thing.Look(host);

            Assert.Matches("^[a-z]+(-[a-z]+)*$", thing.Id);
            Assert.InRange(thing.Name.Length, 1, 15);
            Assert.NotEmpty(finding.Found);
            Assert.EndsWith(".", finding.Means, StringComparison.Ordinal);
            Assert.True(finding.Do is null || (finding.State != FindingState.Ok && !finding.Do.EndsWith('.')), finding.Do);
        }
    }

    [Theory]
    [InlineData(null, Without, "Ok")]
    [InlineData("0", Without, "Ok")]
    [InlineData("1", Without, "Limited")]
    [InlineData("2", Without, "Missing")]
    [InlineData("3", Without, "Missing")]
    [InlineData("1", WithPtrace, "Ok")]
    [InlineData("2", WithPtrace, "Ok")]
    [InlineData("3", WithPtrace, "Missing")]
    public void Ptrace_is_what_Yama_and_the_capability_leave(string? scope, string status, string state)
    {
        Finding finding = new Ptrace().Look(Linux(("/proc/sys/kernel/yama/ptrace_scope", scope), ("/proc/self/status", status)));

        Assert.Equal(state, finding.State.ToString());
        Assert.Equal(state == "Ok", finding.Do is null);
    }

    [Theory]
    [InlineData(1, "run as root or with CAP_BPF")]
    [InlineData(38, "CONFIG_BPF_SYSCALL")]
    [InlineData(12, "ulimit -l")]
    public void A_refusal_of_bpf_is_missing_with_what_to_do_about_that_refusal(int errno, string advice)
    {
        Finding finding = HostKernelBpf.Judge(
            Linux(("/proc/sys/kernel/unprivileged_bpf_disabled", "2")), new HostBpfAccess("the host kernel refuses", errno));

        Assert.Equal(FindingState.Missing, finding.State);
        Assert.Contains(advice, finding.Do, StringComparison.Ordinal);
        Assert.Equal(errno != 38, finding.Found.EndsWith("(unprivileged_bpf_disabled is 2)", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_said_of_bpf_is_what_the_tests_that_use_it_say() =>
        Assert.Equal(HostBpfMap.WhyUnavailable() is null, new HostKernelBpf().Look(Linux()).State == FindingState.Ok);

    [Theory]
    [InlineData("always [madvise] never", "Ok")]
    [InlineData("[always] madvise never", "Ok")]
    [InlineData("always madvise [never]", "Limited")]
    [InlineData(null, "Limited")]
    public void Huge_pages_are_in_use_unless_they_are_off(string? modes, string state) =>
        Assert.Equal(state, new HugePages().Look(Linux(("/sys/kernel/mm/transparent_hugepage/enabled", modes))).State.ToString());

    [Theory]
    [InlineData(1, "0-63", "Limited", "1 of the host's 64")]
    [InlineData(2, "0-3,8,10-11", "Ok", "2 of the host's 7")]
    [InlineData(4, "0-3", "Ok", "4")]
    [InlineData(1, null, "Limited", "1")]
    public void Processors_are_those_that_the_process_may_use(int used, string? online, string state, string found)
    {
        Finding finding = new Processors().Look(Linux(("/sys/devices/system/cpu/online", online)) with { Processors = used });

        Assert.Equal((state, found), (finding.State.ToString(), finding.Found));
    }

    [Theory]
    [InlineData(8_000_000, "Ok", 0)]
    [InlineData(500_000, "Limited", 0)]
    [InlineData(100_000, "Missing", 1)]
    public void The_exit_code_is_1_only_where_something_is_missing_that_verbs_need(int kilobytes, string state, int exitCode)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        HostView host = Linux(("/proc/meminfo", $"MemTotal: 16000000 kB\nMemAvailable:   {kilobytes.ToString(CultureInfo.InvariantCulture)} kB")) with
        {
            Console = new ToolConsole(TextReader.Null, output, error),
        };

        Assert.Equal(exitCode, DoctorCommand.Run(host, OutputFormat.Json, [new MemoryLeft(), new Clang()]));

        JsonElement[] things = [.. ToolRun.Parse(output.ToString()).EnumerateArray()];
        Assert.Equal(
            [Finding.NameOf(Enum.Parse<FindingState>(state)), "missing"], things.Select(t => t.GetProperty("state").GetString()));
        Assert.Equal([true, false], things.Select(t => t.GetProperty("needed").GetBoolean()));
        Assert.Equal(exitCode == 0 ? "" : "kernelsim: doctor: memory missing, expected on every host: verbs need it", error.ToString().TrimEnd());
    }

    [Theory]
    [InlineData(null, "Missing")]
    [InlineData("    x86-64 - 64-bit X86\n", "Limited")]
    [InlineData("    bpf    - BPF (host endian)\n    bpfeb  - BPF (big endian)\n", "Ok")]
    public void Clang_is_asked_whether_it_compiles_for_bpf(string? targets, string state)
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "clang");
        File.WriteAllText(path, "");
        HostView host = Linux() with { Variable = v => v == "PATH" ? folder.Path : null, Ask = (asked, _) => asked == path ? targets : null };

        Assert.Equal(state, new Clang().Look(host).State.ToString());
    }

    [Theory]
    [InlineData(null, "Missing")]
    [InlineData("Chromium 131.0.6778.85\n", "Ok")]
    public void A_placeholder_for_a_browser_is_none(string? version, string state)
    {
        using TempFolder folder = new();
        File.WriteAllText(Path.Combine(folder.Path, "google-chrome"), "");
        HostView host = Linux() with { Variable = v => v == "PATH" ? folder.Path : null, Ask = (_, _) => version };

        Assert.Equal(state, new Chromium().Look(host).State.ToString());
    }

    [Theory]
    [InlineData(80, true, "Ok")]
    [InlineData(59, true, "Limited")]
    [InlineData(80, false, "Limited")]
    public void A_terminal_is_wide_enough_and_takes_unicode(int width, bool unicode, string state)
    {
        ToolConsole console = new(TextReader.Null, TextWriter.Null, TextWriter.Null) { Width = width, Unicode = unicode };

        Assert.Equal(state, new Terminal().Look(Nothing with { Console = console }).State.ToString());
    }

    [Theory]
    [InlineData("DOTNET_EnableDiagnostics", "0", "diagnostics", "unset DOTNET_EnableDiagnostics")]
    [InlineData("TMPDIR", "/nowhere/at/all", "servers' folder, diagnostics", "set TMPDIR to a folder that can be written to")]
    public void Where_the_diagnostics_port_is_off_the_exit_code_is_1_and_what_to_do_is_said(
        string variable, string value, string lacking, string advice)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the port of Windows is a pipe");
        ProcessStartInfo start = new(ToolProcess.Host, [ToolProcess.Assembly, "doctor"]);
        start.Environment[variable] = value;
        start.Environment["XDG_RUNTIME_DIR"] = "";
        start.Environment["COLUMNS"] = "200";
        using System.Diagnostics.Process process = ToolProcess.Start(start);
        (int exitCode, string output, string error) = process.EndWithin("the end of doctor");

        Assert.Equal(1, exitCode);
        Assert.Contains($"To do: {advice}", output, StringComparison.Ordinal);
        Assert.Equal($"kernelsim: doctor: {lacking} missing, expected on every host: verbs need it\n", error);
    }

    [Fact]
    public void The_look_at_a_host_leaves_nothing_behind()
    {
        _ = new ServersFolder().Look(new HostView(Silent));

        string folder = Path.GetDirectoryName(KernelSim.Tool.Client.RuntimeFolder.Location)!;
        Assert.Empty(Directory.EnumerateFiles(folder, $".kernelsim-doctor-{Environment.ProcessId}*"));
    }

    private static ToolConsole Silent => new(TextReader.Null, TextWriter.Null, TextWriter.Null);

    /// <summary>A host on which there is nothing to read, to find or to run.</summary>
    private static HostView Nothing => new(Silent) { ReadText = _ => null, Variable = _ => null, Ask = (_, _) => null };

    private static HostView Linux(params (string Path, string? Text)[] files) => Nothing with
    {
        System = HostSystem.Linux,
        ReadText = path => files.FirstOrDefault(f => f.Path == path).Text,
    };
}
