using KernelSim.Bytecode;
using KernelSim.EbpfCore;
using KernelSim.EbpfCore.Native;
using KernelSim.NetEbpfExt;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.UserMode;
using Xunit;

namespace KernelSim.Testing;

/// <summary>
/// A machine that is traced, and searched for leaks when it is closed. What a test does not use is not there: drivers, process and session come
/// with the first use of their properties.
/// </summary>
/// <remarks>
/// A <see cref="KernelTest"/> closes its machines. One that is booted here, such as by a fixture, is closed by <see cref="Dispose"/>, which throws
/// <see cref="LeakException"/>.
/// </remarks>
public sealed class WatchedMachine : IDisposable
{
    /// <summary>More than the delay of the driver's timer, which frees what waits for an epoch.</summary>
    private static readonly TimeSpan s_epochTimer = TimeSpan.FromMilliseconds(2);

    private readonly KernelTestOptions _options;
    private readonly List<IDisposable> _libraries = [];
    private readonly Lock _lock = new();
    private BugcheckCode? _expected;
    private EbpfCoreDriver? _ebpf;
    private NetEbpfExtDriver? _extension;
    private NetworkEventSource? _network;
    private PsProcess? _process;
    private BpfSession? _session;
    private IReadOnlyList<Leak>? _leaks;

    private WatchedMachine(KernelTestOptions options, ulong? seed)
    {
        _options = options;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TraceCapacity, 1, nameof(options));
        Symbols = options.EbpfCore.Symbols is null ? new ProgramSymbols() : options.EbpfCore.Symbols as ProgramSymbols;
        Trace = new MachineTrace(options.Trace, options.TraceCapacity, TestContext.Current.Test?.UniqueID);
        try
        {
            Machine = Machine.Boot(options.Machine with { RequestIdBase = Trace.RequestIdBase, Seed = seed ?? options.Machine.Seed });
        }
        catch
        {
            Trace.Stop();
            throw;
        }
    }

    /// <summary>The machine that is watched.</summary>
    public Machine Machine { get; }

    /// <summary>Its events.</summary>
    public MachineTrace Trace { get; }

    /// <summary>
    /// The source lines of programs that were loaded from object files: by sessions and libraries that are opened here, and by a <see cref="Libbpf"/>
    /// of your own that is given them. Faults, events and bugchecks name them. Null if the options have symbols of another kind.
    /// </summary>
    public ProgramSymbols? Symbols { get; }

    /// <summary>The eBPF driver, loaded at first use.</summary>
    public EbpfCoreDriver Ebpf
    {
        get
        {
            lock (_lock)
            {
                if (_ebpf is null)
                {
                    LoadDriver(new EbpfCoreDriver(Symbols is null ? _options.EbpfCore : _options.EbpfCore with { Symbols = Symbols }));
                }

                return _ebpf!;
            }
        }
    }

    /// <summary>The simulated network. Its driver, and the eBPF driver, are loaded at first use.</summary>
    public NetworkEventSource Network
    {
        get
        {
            lock (_lock)
            {
                _ = Ebpf;
                if (_extension is null)
                {
                    LoadDriver(new NetEbpfExtDriver());
                }

                return _network ??= new NetworkEventSource(_extension!);
            }
        }
    }

    /// <summary>The test's process, created at first use.</summary>
    public PsProcess Process
    {
        get
        {
            lock (_lock)
            {
                return _process ??= Machine.Processes.Create(_options.Process);
            }
        }
    }

    /// <summary>A session of the test's process, opened at first use; the eBPF driver is loaded if it is not.</summary>
    public BpfSession Bpf
    {
        get
        {
            lock (_lock)
            {
                return _session ??= OpenSession(Process);
            }
        }
    }

    /// <summary>Boots a machine.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    public static WatchedMachine Boot(KernelTestOptions? options = null) => Boot(options ?? new KernelTestOptions(), seed: null);

    /// <summary>Loads a driver.</summary>
    /// <exception cref="InvalidOperationException">Its entry point failed; the message has the status.</exception>
    public DriverObject LoadDriver(IDriver driver)
    {
        ArgumentNullException.ThrowIfNull(driver);
        NtStatus status = Machine.LoadDriver(driver, out DriverObject? loaded);
        if (!status.IsSuccess)
        {
            throw new InvalidOperationException($"Driver '{driver.Name}' was not loaded: its entry point returned {status}.");
        }

        _ebpf = driver as EbpfCoreDriver ?? _ebpf;
        _extension = driver as NetEbpfExtDriver ?? _extension;
        return loaded!;
    }

    /// <summary>Unloads a driver.</summary>
    /// <exception cref="InvalidOperationException">The machine refused; the message has the status.</exception>
    public void UnloadDriver(DriverObject driver)
    {
        ArgumentNullException.ThrowIfNull(driver);
        NtStatus status = Machine.UnloadDriver(driver);
        if (!status.IsSuccess)
        {
            throw new InvalidOperationException($"Driver '{driver.Name}' was not unloaded: {status}.");
        }
    }

    /// <summary>Opens a device.</summary>
    /// <param name="name">Its name for programs, such as <c>\\.\Echo</c>.</param>
    /// <param name="process">The process that opens it; the test's if null.</param>
    /// <exception cref="InvalidOperationException">The device was not opened; the message has the status.</exception>
    public TestDevice OpenDevice(string name, PsProcess? process = null)
    {
        NtStatus status = TestDevice.Open((process ?? Process).Gate, name, out TestDevice? device);
        return device ?? throw new InvalidOperationException($"'{name}' was not opened: {status}.");
    }

    /// <summary>Opens a session in a process. It is closed with the machine, but what is opened through it is the test's to close.</summary>
    /// <param name="process">The process; a new one if null.</param>
    public BpfSession OpenSession(PsProcess? process = null)
    {
        _ = Ebpf;
        BpfSession session = new((process ?? Machine.Processes.Create(_options.Process)).Gate, Symbols);
        lock (_lock)
        {
            _libraries.Add(session);
        }

        return session;
    }

    /// <summary>Loads the library, in any of its versions, into the test's process. It is unloaded with the machine.</summary>
    public Libbpf OpenLibrary(LibraryVersion version = LibraryVersion.Checked)
    {
        _ = Ebpf;
        Libbpf library = new(Process.Gate, version) { Symbols = Symbols };
        lock (_lock)
        {
            _libraries.Add(library);
        }

        return library;
    }

    /// <summary>
    /// Compiles a class of programs to a driver file with its name in lower case, installs it and loads it into <see cref="Bpf"/>. The network's
    /// driver is loaded if it is not: it provides the network's program types.
    /// </summary>
    /// <param name="programs">A class with <c>[EbpfProgram]</c> methods. The file is named after it.</param>
    public BpfModule LoadModule(Type programs)
    {
        ArgumentNullException.ThrowIfNull(programs);
        _ = Network;
        string file = programs.Name.ToLowerInvariant() + ".sys";
        if (!Machine.Images.TryFind(file, out _))
        {
            Machine.Images.Install(NativeModuleImage.Compile(programs, file));
        }

        return Bpf.LoadModule(file);
    }

    /// <summary>
    /// Runs code that must stop the machine. Nothing else can run on it afterwards, and what is left on it is no leak.
    /// </summary>
    /// <param name="code">The bugcheck code that the action must cause.</param>
    /// <param name="action">What stops the machine.</param>
    /// <returns>Why and where it stopped.</returns>
    /// <exception cref="InvalidOperationException">The machine runs on, or stopped with another code.</exception>
    public BugcheckRecord ExpectBugcheck(BugcheckCode code, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        try
        {
            action();
        }
        catch (BugcheckException) when (Machine.StopRecord is not null)
        {
            // Told by the record.
        }

        if (Machine.StopRecord is not { } stop)
        {
            throw new InvalidOperationException($"The machine runs on, expected bugcheck {code}.");
        }

        if (stop.Code != code)
        {
            throw new InvalidOperationException($"Expected bugcheck {code}: {new BugcheckException(stop).Message}");
        }

        _expected = code;
        return stop;
    }

    /// <summary>
    /// Closes what was opened through the properties, ends all processes, unloads all drivers and shuts the machine down.
    /// </summary>
    /// <returns>What was left behind, as far as <see cref="KernelTestOptions.Leaks"/> asks for it. A second call returns the same.</returns>
    /// <remarks>No other thread may use the machine meanwhile. One that has not left its kernel is a leak.</remarks>
    public IReadOnlyList<Leak> Close()
    {
        if (_leaks is null)
        {
            Trace.EndTest();
            try
            {
                _leaks = FindLeaks();
            }
            finally
            {
                Trace.Stop();
            }
        }

        return _leaks;
    }

    /// <summary>Closes the machine.</summary>
    /// <exception cref="LeakException">Something was left behind.</exception>
    public void Dispose()
    {
        bool isClosed = _leaks is not null;
        IReadOnlyList<Leak> leaks = Close();
        if (!isClosed && leaks.Count > 0 && !IsOfTest)
        {
            throw new LeakException(leaks);
        }
    }

    /// <summary>Whether a <see cref="KernelTest"/> reports its leaks.</summary>
    internal bool IsOfTest { get; init; }

    internal static WatchedMachine Boot(KernelTestOptions options, ulong? seed, bool isOfTest = false) =>
        new(options, seed) { IsOfTest = isOfTest };

    private List<Leak> FindLeaks()
    {
        LeakFinder finder = new(Machine, new LeakOrigins(Trace));
        IReadOnlyList<Leak> threads = finder.Threads();
        if (Machine.StopRecord is { } stopped)
        {
            return End(threads, stopped);
        }

        if (threads.Count > 0)
        {
            // A thread that is still in the kernel may hold a processor or wait permanently, and shutting down would wait for it.
            StopMachine();
            return End(threads, stopped: null);
        }

        bool wantsAll = _options.Leaks == LeakPolicy.All;
        List<Leak> leaks = [];
        leaks.AddRange(wantsAll ? finder.OpenObjects() : []);
        _libraries.ForEach(l => l.Dispose());
        leaks.AddRange(wantsAll ? finder.OpenHandles() : []);
        bool wantsKernel = _options.Leaks != LeakPolicy.None;
        try
        {
            foreach (PsProcess process in Machine.Processes.All)
            {
                process.Terminate(NtStatus.Success);
            }

            Machine.Clock.Advance(s_epochTimer);
            leaks.AddRange(wantsKernel ? finder.KeptObjects(_ebpf) : []);
            Machine.Shutdown();
        }
        catch (BugcheckException)
        {
            // Told by the record.
        }

        if (Machine.StopRecord is { } late)
        {
            return End(leaks, late);
        }

        leaks.AddRange(wantsKernel ? finder.AfterShutdown() : []);
        Machine.Dispose();
        return leaks;
    }

    /// <summary>Ends a machine that has stopped: what is left on it follows from that.</summary>
    private List<Leak> End(IReadOnlyList<Leak> leaks, BugcheckRecord? stopped)
    {
        bool isExpected = stopped is null || stopped.Code == _expected;
        List<Leak> all = [.. isExpected ? leaks : leaks.Prepend(new Leak(LeakKind.Bugcheck, new BugcheckException(stopped!).Message))];
        Machine.Shutdown();
        if (Machine.DescribeThreads().Count == 0)
        {
            Machine.Dispose();
        }

        return all;
    }

    private void StopMachine()
    {
        try
        {
            Machine.BugCheck(BugcheckCode.DriverUnloadedWithoutCancelling);
        }
        catch (BugcheckException)
        {
            // As intended.
        }
    }
}
