using System.Runtime.ExceptionServices;
using System.Text;
using KernelSim.EbpfCore;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode;
using Xunit;

namespace KernelSim.Testing;

/// <summary>
/// The base of a test class for xunit v3. Each test has a machine of its own, which boots at first use. A test that leaves something behind on it
/// fails with <see cref="LeakException"/>; one that fails prints why its last failed request failed, as <c>kernelsim trace why</c> would,
/// and the last events. The whole trace is attached to the test.
/// </summary>
/// <remarks>
/// Tests of one class or of several may run in parallel, and be asynchronous: each has its own object. A class that overrides
/// <see cref="DisposeAsync"/> calls the base's last.
/// </remarks>
/// <example>
/// <code>
/// public class CounterTests : KernelTest
/// {
///     [Fact]
///     public void A_count_is_kept()
///     {
///         using HashMap&lt;uint, ulong&gt; counts = Bpf.CreateHashMap&lt;uint, ulong&gt;("counts", maxEntries: 16);
///         counts[80] = 1;
///         Assert.Equal(1ul, counts[80]);
///     }
/// }
/// </code>
/// </example>
public abstract class KernelTest : IAsyncDisposable
{
    private readonly KernelTestOptions _options;
    private readonly List<WatchedMachine> _machines = [];
    private readonly Lock _lock = new();
    private readonly ulong? _chosenSeed;
    private WatchedMachine? _watched;
    private bool _disposed;

    /// <summary>Notes the options; nothing boots before it is used.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    protected KernelTest(KernelTestOptions? options = null)
    {
        _options = options ?? new KernelTestOptions();
        _chosenSeed = SeedsAttribute.OfCurrentTest()
            ?? (SeedChoice.OfEnvironment is { } chosen && chosen.First == chosen.Last ? chosen.First : null);
    }

    /// <summary>The seed of the test's machines: its theory's, or the one of <c>KERNELSIM_SEED</c>, or that of the options.</summary>
    protected ulong Seed => _chosenSeed ?? _options.Machine.Seed;

    /// <summary>The test's machine, with everything that is watched about it. It boots at first use.</summary>
    protected WatchedMachine Watched
    {
        get
        {
            lock (_lock)
            {
                return _watched ??= Boot();
            }
        }
    }

    /// <summary>The test's machine.</summary>
    protected Machine Machine => Watched.Machine;

    /// <summary>The machine's events so far.</summary>
    protected MachineTrace Trace => Watched.Trace;

    /// <summary>The test's process.</summary>
    protected PsProcess Process => Watched.Process;

    /// <summary>The gate of the test's process.</summary>
    protected ISystemGate Gate => Process.Gate;

    /// <summary>The eBPF driver.</summary>
    protected EbpfCoreDriver Ebpf => Watched.Ebpf;

    /// <summary>A session of the test's process.</summary>
    protected BpfSession Bpf => Watched.Bpf;

    /// <summary>The simulated network.</summary>
    protected NetworkEventSource Network => Watched.Network;

    /// <inheritdoc cref="WatchedMachine.LoadDriver"/>
    protected DriverObject LoadDriver(IDriver driver) => Watched.LoadDriver(driver);

    /// <inheritdoc cref="WatchedMachine.UnloadDriver"/>
    protected void UnloadDriver(DriverObject driver) => Watched.UnloadDriver(driver);

    /// <inheritdoc cref="WatchedMachine.OpenDevice"/>
    protected TestDevice OpenDevice(string name, PsProcess? process = null) => Watched.OpenDevice(name, process);

    /// <inheritdoc cref="WatchedMachine.LoadModule"/>
    protected BpfModule LoadModule(Type programs) => Watched.LoadModule(programs);

    /// <inheritdoc cref="WatchedMachine.ExpectBugcheck"/>
    protected BugcheckRecord ExpectBugcheck(BugcheckCode code, Action action) => Watched.ExpectBugcheck(code, action);

    /// <summary>Boots a further machine, which the test closes too.</summary>
    /// <param name="options">
    /// The options; null for those of the test. The seed of a theory or of <c>KERNELSIM_SEED</c> takes precedence over theirs.
    /// </param>
    protected WatchedMachine Boot(KernelTestOptions? options = null)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        WatchedMachine machine = WatchedMachine.Boot(options ?? _options, _chosenSeed, isOfTest: true);
        lock (_lock)
        {
            _machines.Add(machine);
        }

        return machine;
    }

    /// <summary>Closes the test's machines. If the test failed, prints why; if it passed and something is left, it fails.</summary>
    /// <exception cref="LeakException">The test passed and left something behind.</exception>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (!_disposed)
        {
            _disposed = true;
            End(TestContext.Current.TestState is { Result: TestResult.Failed });
        }

        return ValueTask.CompletedTask;
    }

    private void End(bool failed)
    {
        List<Leak> leaks = [];
        List<(WatchedMachine Machine, IReadOnlyList<Leak> Leaks)> closed = [];
        Exception? thrown = null;
        foreach (WatchedMachine machine in _machines)
        {
            try
            {
                closed.Add((machine, machine.Close()));
                leaks.AddRange(closed[^1].Leaks);
            }
            catch (Exception exception)
            {
                // A driver's own, or the machine's: the other machines are closed too, and the test's own failure stays the first.
                thrown ??= exception;
            }
        }

        if (failed || leaks.Count > 0)
        {
            Tell(closed, failed);
        }

        if (!failed && thrown is not null)
        {
            ExceptionDispatchInfo.Throw(thrown);
        }

        if (!failed && leaks.Count > 0)
        {
            throw new LeakException(leaks);
        }
    }

    private void Tell(List<(WatchedMachine Machine, IReadOnlyList<Leak> Leaks)> closed, bool failed)
    {
        ITestContext context = TestContext.Current;
        StringBuilder text = new();
        for (int i = 0; i < closed.Count; i++)
        {
            (WatchedMachine machine, IReadOnlyList<Leak> leaks) = closed[i];
            if (!failed && leaks.Count == 0)
            {
                continue;
            }

            string name = closed.Count == 1 ? "Machine" : $"Machine {i + 1}";

            // The message of a test that leaks has the leaks.
            if (text.Length > 0)
            {
                text.AppendLine();
            }

            text.AppendLine(FailureText.Of(machine, name, _options.LastEvents, failed ? leaks : []));
            if (machine.Trace.Count > 0)
            {
                context.AddAttachment($"{name} events.txt", FailureText.EventsOf(machine.Trace));
            }
        }

        if (SeedsAttribute.OfCurrentTest() is { } seed)
        {
            text.AppendLine($"To repeat: {SeedChoice.Variable}={seed}");
        }

        if (text.Length > 0)
        {
            context.TestOutputHelper?.WriteLine(text.ToString().TrimEnd());
        }
    }
}
