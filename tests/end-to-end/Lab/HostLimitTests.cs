using System.Text.Json;
using KernelSim.EndToEnd.Tests.Drivers;
using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.Tool.Lab.Grading.Scripts;
using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.EndToEnd.Tests.Lab;

/// <summary>What a process that runs a student's code may do.</summary>
public sealed class HostLimitTests : IClassFixture<HostLimitTests.Mischief>
{
    private static readonly HostLimits s_limits = new(TimeSpan.FromSeconds(60), 128 << 20, 400 << 20);

    private readonly Mischief _mischief;

    public HostLimitTests(Mischief mischief) => _mischief = mischief;

    [Fact]
    public void Code_that_does_not_end_is_ended_after_the_limit()
    {
        Assert.Contains("it had not ended after 3 s", Problem("Loop", s_limits with { Time = TimeSpan.FromSeconds(3) }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Managed", "OutOfMemoryException")]
    [InlineData("Native", "it took more than 400 MiB of memory")]
    [InlineData("Exit", "its process ended with exit code 0 before it had answered")]
    [InlineData("Overflow", "its process crashed (signal 6)")]
    [InlineData("Throw", "InvalidOperationException in Mischief.Throw")]
    public void Code_that_takes_too_much_or_ends_its_process_is_a_problem_with_its_reason(string method, string reason) =>
        Assert.Contains(reason, Problem(method, s_limits), StringComparison.Ordinal);

    [Fact]
    public void What_code_prints_is_dropped_however_much_it_is() => Assert.Equal("1", Problem("Flood", s_limits));

    [Fact]
    public void After_a_job_that_was_ended_the_next_has_another_process()
    {
        using HostPool hosts = new(s_limits with { ProcessBytes = 1 });
        Assert.False(hosts.Run(new ScriptJob(), new ScriptInput([]), out _, out string problem));
        Assert.Contains("MiB of memory", problem, StringComparison.Ordinal);
        Assert.False(hosts.Run(new ScriptJob(), new ScriptInput([]), out _, out _));
    }

    /// <summary>Why a method failed; what it returned if it did not.</summary>
    private string Problem(string method, HostLimits limits)
    {
        using HostPool hosts = new(limits);
        IReadOnlyList<JsonElement>[] once = [[]];
        return hosts.Run(new CallsJob(), new CallsInput(_mischief.Library, "Mischief", method, once), out MethodValues? facts, out string problem)
            ? facts!.Values.Single()
            : problem;
    }

    public sealed class Mischief : IDisposable
    {
        private readonly TempFolder _folder = new();

        public Mischief() => Library = DriverCompiler.Compile(
            _folder,
            "Mischief",
            """
            public static class Mischief
            {
                public static int Loop() { while (true) { } }
                public static int Managed() { var all = new System.Collections.Generic.List<byte[]>(); while (true) { all.Add(new byte[1 << 20]); } }
                public static unsafe int Native()
                {
                    while (true) { new System.Span<byte>(System.Runtime.InteropServices.NativeMemory.Alloc(1 << 22), 1 << 22).Fill(1); }
                }
                public static int Exit() { System.Environment.Exit(0); return 1; }
                public static int Overflow() => Overflow() + Overflow();
                public static int Throw() => throw new System.InvalidOperationException("no");
                public static int Flood()
                {
                    for (int i = 0; i < 20000; i++) { System.Console.Write(new string('x', 1000)); System.Console.Error.Write(new string('y', 100)); }
                    return 1;
                }
            }
            """);

        public string Library { get; }

        public void Dispose() => _folder.Dispose();
    }
}
