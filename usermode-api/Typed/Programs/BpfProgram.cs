using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode;

/// <summary>A program that a .NET program has open: to attach it, run it on test data, or query its info.</summary>
public sealed class BpfProgram : IDisposable
{
    private readonly int _descriptor;
    private readonly BpfModule? _module;
    private int _closed;

    /// <summary>A program that was opened on its own, and owns its descriptor.</summary>
    internal BpfProgram(BpfSession session, int descriptor, string name, Guid attachType)
    {
        Session = session;
        _descriptor = descriptor;
        Name = name;
        AttachType = attachType;
    }

    /// <summary>A program of a module, which owns its descriptor.</summary>
    internal BpfProgram(BpfModule module, bpf_program program)
        : this(module.Session, program.Fd, program.Entry.Name!, program.AttachType)
    {
        _module = module;
    }

    /// <summary>The session that it was opened in.</summary>
    public BpfSession Session { get; }

    /// <summary>Name of the program; empty if it has none.</summary>
    public string Name { get; }

    /// <summary>GUID of the attach type that it expects; empty if unknown.</summary>
    public Guid AttachType { get; }

    /// <summary>Its descriptor, for libbpf-shaped calls of the same session.</summary>
    /// <exception cref="ObjectDisposedException">The program is closed, or the module that it is part of.</exception>
    public int Descriptor
    {
        get
        {
            ObjectDisposedException.ThrowIf(_module?.IsDisposed ?? _closed != 0, this);
            return _descriptor;
        }
    }

    /// <summary>The kernel's info of it.</summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public BpfProgInfo Info => Session.InfoOf<BpfProgInfo>(Descriptor);

    /// <summary>Attaches it to the expected or another attach type.</summary>
    /// <param name="attachType">The attach type; null for <see cref="AttachType"/>.</param>
    /// <param name="data">Attach data, such as an interface's number; empty for none.</param>
    /// <returns>The link: the program stays attached until it is disposed or detached, unless it is pinned.</returns>
    /// <exception cref="BpfException">There is no hook of that type, or it refuses.</exception>
    public BpfLink Attach(BpfAttachType? attachType = null, ReadOnlySpan<byte> data = default)
    {
        Guid where = attachType is { } type
            ? AttachTypeTable.Find(type)?.Id ?? throw new ArgumentOutOfRangeException(nameof(attachType), type, $"Attach type {type} has no GUID.")
            : AttachType;
        using ProcessBytes bytes = new(Session.Library.Gate, data);
        AttachProgramCall call = new(Descriptor, where, new AttachData(bytes.Address, (uint)data.Length), legacy: false);
        return new BpfLink(Session, Session.Require(nameof(Libbpf.ebpf_program_attach_by_fds), $"program '{Name}': attach", call));
    }

    /// <summary>Attaches it to an interface, a compartment or whatever its attach type numbers.</summary>
    /// <param name="number">The number, passed as four bytes of attach data.</param>
    /// <param name="attachType">Where; null for <see cref="AttachType"/>.</param>
    /// <returns>The link.</returns>
    public BpfLink AttachTo(int number, BpfAttachType? attachType = null) =>
        Attach(attachType, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in number)));

    /// <summary>Runs it on data and a context that the caller supplies: <c>bpf_prog_test_run_opts</c>.</summary>
    /// <param name="run">Data, context and number of runs.</param>
    /// <returns>The return value, the duration and the output.</returns>
    /// <exception cref="BpfException">The program type cannot be test-run, the CPU does not exist, or something does not fit.</exception>
    public TestRunResult TestRun(TestRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        ISystemGate gate = Session.Library.Gate;
        using ProcessBytes dataIn = new(gate, run.Data.Span);
        using ProcessBytes contextIn = new(gate, run.Context.Span);
        using ProcessBytes dataOut = new(gate, run.DataRoom);
        using ProcessBytes contextOut = new(gate, run.ContextRoom);
        BpfTestRunOpts options = new()
        {
            Sz = (ulong)Marshal.SizeOf<BpfTestRunOpts>(),
            DataIn = dataIn.Address,
            DataSizeIn = (uint)run.Data.Length,
            CtxIn = contextIn.Address,
            CtxSizeIn = (uint)run.Context.Length,
            DataOut = dataOut.Address,
            DataSizeOut = (uint)run.DataRoom,
            CtxOut = contextOut.Address,
            CtxSizeOut = (uint)run.ContextRoom,
            Repeat = run.Repeat,
            Cpu = (uint)run.Cpu,
            BatchSize = (uint)run.BatchSize,
        };
        using ProcessBytes block = new(gate, MemoryMarshal.AsBytes(new ReadOnlySpan<BpfTestRunOpts>(in options)));
        TestRunCall call = new(Descriptor, block.Address);
        Session.Require(nameof(Libbpf.bpf_prog_test_run_opts), $"program '{Name}': test run", call);
        options = MemoryMarshal.Read<BpfTestRunOpts>(block.ToArray(Marshal.SizeOf<BpfTestRunOpts>()));
        return new TestRunResult(
            options.Retval,
            TimeSpan.FromTicks(options.Duration / 100),
            options.Duration,
            dataOut.ToArray((int)options.DataSizeOut),
            contextOut.ToArray((int)options.CtxSizeOut));
    }

    /// <summary>Closes the descriptor. A program of a module stays open until the module is closed.</summary>
    public void Dispose()
    {
        if (_module is null && Interlocked.Exchange(ref _closed, 1) == 0)
        {
            Session.CloseDescriptor(_descriptor);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"program '{Name}'";
}

public sealed partial class BpfSession
{
    /// <summary>Opens a program by its id.</summary>
    /// <param name="id">Id of the program.</param>
    /// <exception cref="BpfException">No program has this id.</exception>
    public BpfProgram OpenProgram(uint id)
    {
        const string Function = nameof(Libbpf.bpf_prog_get_fd_by_id);
        int fd = Require(Function, $"program of id {id}: {Function}", new OpenByIdCall(EbpfOperationId.GetProgramHandleById, id));
        BpfProgInfo info = InfoOf<BpfProgInfo>(fd);
        return new BpfProgram(this, fd, info.Name.ToString(), info.AttachTypeUuid);
    }
}
