using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Bytecode;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>
/// A .NET program's access to the maps of its machine: creates and opens typed maps. It loads the checked library into the process; maps
/// and libbpf-shaped calls share that library's descriptors.
/// </summary>
/// <remarks>
/// Failures are exceptions: <see cref="BpfException"/> for what the machine or a check refuses, <see cref="ProcessExitedException"/>
/// once the simulated process has ended.
/// </remarks>
/// <example>
/// <code>
/// using BpfSession session = new(process.Gate);
/// using PerCpuHashMap&lt;uint, ulong&gt; stats = session.CreatePerCpuHashMap&lt;uint, ulong&gt;("stats", maxEntries: 1024);
/// foreach (PerCpuEntry&lt;uint, ulong&gt; entry in stats)
/// {
///     Console.WriteLine($"{entry.Key}: {entry.Sum()}");
/// }
/// </code>
/// </example>
public sealed partial class BpfSession : IDisposable
{
    /// <summary>Opens a session in a process.</summary>
    /// <param name="gate">The process's gate to its machine.</param>
    /// <param name="symbols">Where the source lines of programs go that the session loads from object files; null if nobody wants them.</param>
    public BpfSession(ISystemGate gate, ProgramSymbols? symbols = null)
    {
        ArgumentNullException.ThrowIfNull(gate);
        Library = new Libbpf(gate, LibraryVersion.Checked) { Symbols = symbols };
    }

    /// <summary>The library that the session uses.</summary>
    public Libbpf Library { get; }

    /// <summary>Possible processors of the machine: the number of slots of each per-CPU value.</summary>
    public int CpuCount => Library.libbpf_num_possible_cpus();

    /// <summary>
    /// Waits until every program run and every request that is in progress now has ended: <c>ebpf_program_synchronize</c>.
    /// </summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void Synchronize() =>
        Require(nameof(Libbpf.ebpf_program_synchronize), "session: ebpf_program_synchronize", default(SynchronizeCall));

    /// <summary>Closes all maps, programs and links of this session, and unloads the library.</summary>
    public void Dispose() => Library.Dispose();

    /// <summary>Closes a descriptor. The session, and with it the descriptor, may already be closed.</summary>
    internal void CloseDescriptor(int descriptor)
    {
        if (!Library.IsDisposed)
        {
            Library.close(descriptor);
        }
    }

    /// <summary>Runs a call and throws for every failure except a missing or an existing key.</summary>
    internal CallOutcome Execute<TCall>(string function, MapShape? map, ref TCall call)
        where TCall : ILibraryCall, allows ref struct
    {
        CallOutcome outcome = Library.Execute(function, ref call);
        bool isAnswer = !outcome.Ended && outcome.Result is (EbpfResult.Success
            or EbpfResult.KeyNotFound
            or EbpfResult.ObjectNotFound
            or EbpfResult.NoMoreKeys
            or EbpfResult.ObjectAlreadyExists);
        return isAnswer ? outcome : throw Failure(function, map, outcome);
    }

    /// <summary>Runs a call, throws if it failed in any way, and returns its value: a new descriptor, if it creates one.</summary>
    /// <param name="function">The library's function, for traces.</param>
    /// <param name="what">What is done to which object, for the exception's message.</param>
    /// <param name="call">The call to run.</param>
    internal int Require<TCall>(string function, string what, TCall call)
        where TCall : struct, ILibraryCall => Require(what, Library.Execute(function, ref call));

    /// <summary>Throws if a call failed in any way; otherwise returns its value.</summary>
    internal int Require(string what, CallOutcome outcome) => outcome.Errno == Errno.None ? outcome.Value : throw Failure(what, outcome);

    /// <summary>The exception for a failed call on a map, or of the session if there is no map.</summary>
    internal Exception Failure(string function, MapShape? map, CallOutcome outcome) =>
        Failure($"{map?.Subject ?? "session"}: {function}", outcome);

    /// <summary>The exception for a failed call.</summary>
    internal Exception Failure(string what, CallOutcome outcome)
    {
        (Refusal? refusal, AccessViolation? fault) = Library.LastFailure;
        return outcome.Ended ? new ProcessExitedException(Library.Gate.ProcessId, fault)
            : refusal is not null ? new BpfException(refusal) { Processed = outcome.Done }
            : new BpfException($"{what} -> {ResultConversions.NameOf(outcome.Errno)}", outcome.Result) { Processed = outcome.Done };
    }

    /// <summary>The kernel's info of an object.</summary>
    internal TInfo InfoOf<TInfo>(int descriptor)
        where TInfo : unmanaged
    {
        using ProcessBytes info = new(Library.Gate, Unsafe.SizeOf<TInfo>());
        using ProcessBytes length = new(Library.Gate, BitConverter.GetBytes(Unsafe.SizeOf<TInfo>()));
        const string Function = nameof(Libbpf.bpf_obj_get_info_by_fd);
        Require(Function, Function, new ObjectInfoCall(descriptor, info.Address, length.Address));
        return MemoryMarshal.Read<TInfo>(info.ToArray(Unsafe.SizeOf<TInfo>()));
    }

    /// <summary>A map's id, which its info starts with. (For a program at least 24 bytes must be requested.)</summary>
    internal uint IdOf(int descriptor) => InfoOf<uint>(descriptor);
}
