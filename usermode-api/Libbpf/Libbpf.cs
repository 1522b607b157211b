using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using KernelSim.Bytecode;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary>
/// The user library of eBPF for Windows (ebpfapi.dll), loaded into one simulated process: calls with libbpf's names, parameter order,
/// return values and errno.
/// </summary>
/// <remarks>
/// <para>
/// Pointers are addresses in the process's memory: allocate with <see cref="IUserMemory.Allocate"/>, fill and read with
/// <see cref="IUserMemory.Access"/>. A call returns 0 or a positive number, or -errno with <see cref="errno"/> set. Calls may be made
/// from any thread.
/// </para>
/// <para>
/// The process can end during a call. If a fault inside the library ends it, that call throws
/// <see cref="ProcessExitedException"/>, as a crashing program never returns; every other call, in progress or later,
/// returns -ESRCH.
/// </para>
/// </remarks>
public sealed partial class Libbpf : IDisposable
{
    private readonly ThreadLocal<LibraryThread> _threads = new(() => new LibraryThread());

    private readonly LibraryState _state;

    private readonly CallPool _calls;

    private volatile bool _disposed;

    /// <summary>Loads the library into a process.</summary>
    /// <param name="gate">The process's gate to its machine.</param>
    /// <param name="version">The library version whose behaviour to use.</param>
    public Libbpf(ISystemGate gate, LibraryVersion version = LibraryVersion.Checked)
        : this(gate, version, LibraryDefects.None)
    {
    }

    /// <summary>Loads the library into a process, with mistakes that it once made.</summary>
    /// <param name="gate">The process's gate to its machine.</param>
    /// <param name="version">The library version whose behaviour to use.</param>
    /// <param name="defects">What it does wrong besides.</param>
    public Libbpf(ISystemGate gate, LibraryVersion version, LibraryDefects defects)
    {
        ArgumentNullException.ThrowIfNull(gate);
        Version = version;
        _state = new LibraryState(gate, LibraryTraits.Of(version, defects));
        _calls = new CallPool(_state);
        UserApiEventSource.Log.LibraryOpen(0, gate.ProcessId, LibraryVersionNames.NameOf(version), gate.MaximumProcessorCount);
    }

    /// <summary>The open descriptors with their handles, lowest first, for who looks at the library from outside.</summary>
    internal IEnumerable<(int Descriptor, NtHandle Handle)> Descriptors => _state.Descriptors.List();

    /// <summary>The library version whose behaviour this has.</summary>
    public LibraryVersion Version { get; }

    /// <summary>
    /// Whether the library is as upstream builds it for native modules only, without compiler and interpreter: it refuses bytecode.
    /// </summary>
    public bool NativeOnly
    {
        get => _state.IsNativeOnly;
        init => _state.IsNativeOnly = value;
    }

    /// <summary>Whether <see cref="bpf_object__open_file"/> opens object files of the host. Otherwise they are opened from memory only.</summary>
    public bool ReadsHostFiles
    {
        get => _state.ReadsHostFiles;
        init => _state.ReadsHostFiles = value;
    }

    /// <summary>
    /// Where the library puts the source lines of the programs that it loads, for the kernel's bugchecks and traces: the machine's, as a rule.
    /// </summary>
    public ProgramSymbols? Symbols
    {
        get => _state.Symbols;
        init => _state.Symbols = value;
    }

    /// <summary>
    /// The C runtime's errno of the calling thread: set by the last failed call. Successful calls do not change it.
    /// </summary>
    public Errno errno => _threads.Value!.Errno;

    /// <summary>The refusal of the calling thread's last call, by the library or the kernel; null if no check refused.</summary>
    public Refusal? LastRefusal => _threads.Value!.Refusal;

    /// <summary>
    /// Possible processors of the machine, over all groups. This, not the number of active ones, is the number of slots of a per-CPU value.
    /// </summary>
    public int libbpf_num_possible_cpus() => Gate.MaximumProcessorCount;

    /// <summary>The process's gate to its machine.</summary>
    internal ISystemGate Gate => _state.Gate;

    /// <summary>Whether the library has been unloaded.</summary>
    internal bool IsDisposed => _disposed;

    /// <summary>What the library keeps for the calling thread.</summary>
    private LibraryThread CurrentThread
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _threads.Value!;
        }
    }

    /// <summary>Handles of the modules that objects have loaded. They keep the modules' files loaded.</summary>
    private ConcurrentDictionary<NtHandle, bpf_object> Modules { get; } = new();

    /// <summary>Closes all descriptors and frees what the library held. Do not call it while other threads still use the library.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (Gate.BeginCall(out ulong requestId))
        {
            try
            {
                foreach (NtHandle handle in _state.Descriptors.RemoveAll())
                {
                    Gate.NtClose(requestId, handle);
                }

                foreach (NtHandle module in Modules.Keys)
                {
                    Gate.NtClose(requestId, module);
                }

                _state.Rings.Close(Gate, requestId);
                _calls.Close(requestId);
            }
            catch (ProcessExitedException)
            {
                // The process ended meanwhile, which freed everything.
            }
            finally
            {
                Gate.EndCall(requestId);
            }
        }

        _threads.Dispose();
    }

    /// <summary>The refusal and the fault of the calling thread's last call, whatever made it.</summary>
    internal (Refusal? Refusal, AccessViolation? Fault) LastFailure =>
        (_threads.Value!.CallRefusal, _threads.Value.CallFault?.Violation);

    /// <inheritdoc cref="Execute{TCall}(string, LibraryThread, ref TCall)"/>
    internal CallOutcome Execute<TCall>(string function, ref TCall body)
        where TCall : ILibraryCall, allows ref struct => Execute(function, CurrentThread, ref body);

    /// <summary>The library's edge: the part common to all calls. Never throws what simulated code throws.</summary>
    private CallOutcome Execute<TCall>(string function, LibraryThread thread, ref TCall body)
        where TCall : ILibraryCall, allows ref struct
    {
        if (!Gate.BeginCall(out ulong requestId))
        {
            return Ended(function, thread, call: null, fault: null);
        }

        ApiCall? call = null;
        try
        {
            call = _calls.Rent(thread);
            call.Begin(requestId, function);
            if (UserApiEventSource.Log.IsEnabled())
            {
                UserApiEventSource.Log.ApiCallStart(requestId, function, body.Descriptor, body.RequestedElements(call));
            }

            EbpfResult result = body.Run(call);
            if (result != EbpfResult.Success)
            {
                call.ReportFailure(result);
            }

            if (Gate.HasExited)
            {
                return Ended(function, thread, call, fault: null);
            }

            thread.NoteRefusal(call.Checks.Refusal);
            CallOutcome outcome = new(result, call.Value, (int)call.Done);
            if (UserApiEventSource.Log.IsEnabled())
            {
                TraceStop(call, outcome);
            }

            if (KernelSimMeter.CountsCalls)
            {
                CountReturn(function, outcome);
            }

            return outcome;
        }
        catch (AccessViolationFault fault)
        {
            AccessViolation violation = fault.Violation;
            UserApiEventSource.Log.AccessViolation(
                requestId,
                Gate.ProcessId,
                MemoryAccessNames.NameOf(violation.Access),
                violation.Address,
                violation.Length,
                violation.Site);
            Gate.UnhandledFault(requestId, violation);
            return Ended(function, thread, call: null, fault);
        }
        catch (ProcessExitedException)
        {
            return Ended(function, thread, call, fault: null);
        }
        finally
        {
            if (call is not null)
            {
                _calls.Return(thread, call);
            }

            Gate.EndCall(requestId);
        }
    }

    /// <summary>The outcome of a call that found the process ended, or ended it by a fault.</summary>
    private static CallOutcome Ended(string function, LibraryThread thread, ApiCall? call, AccessViolationFault? fault)
    {
        thread.NoteRefusal(null);
        thread.CallFault = fault;
        if (call is not null && UserApiEventSource.Log.IsEnabled())
        {
            TraceStop(call, CallOutcome.ProcessEnded);
        }

        if (KernelSimMeter.CountsCalls)
        {
            CountReturn(function, CallOutcome.ProcessEnded);
        }

        return CallOutcome.ProcessEnded;
    }

    /// <summary>Runs a libbpf-shaped call and produces the C return value, errno and the recorded refusal.</summary>
    /// <param name="body">The call to run; its properties have its other results afterwards.</param>
    /// <param name="function">Name of the function that the program called.</param>
    /// <param name="setsErrno">False for the few functions that return -errno without setting errno.</param>
    private int Call<TCall>(ref TCall body, [CallerMemberName] string function = "", bool setsErrno = true)
        where TCall : struct, ILibraryCall
    {
        LibraryThread thread = CurrentThread;
        CallOutcome outcome = Execute(function, thread, ref body);
        Remember(thread, outcome, setsErrno);
        return outcome.Errno == Errno.None ? outcome.Value : -(int)outcome.Errno;
    }

    /// <summary>Runs a libbpf-shaped call that has no result but the return value.</summary>
    private int Call<TCall>(TCall body, [CallerMemberName] string function = "", bool setsErrno = true)
        where TCall : struct, ILibraryCall => Call(ref body, function, setsErrno);

    /// <summary>Runs an <c>ebpf_</c> call and returns its result; errno is set as upstream's logging of the result leaves it.</summary>
    /// <param name="body">The call to run; its properties have its other results afterwards.</param>
    /// <param name="function">Name of the function that the program called.</param>
    private EbpfResult Result<TCall>(ref TCall body, [CallerMemberName] string function = "")
        where TCall : struct, ILibraryCall
    {
        LibraryThread thread = CurrentThread;
        return ResultOf(thread, Execute(function, thread, ref body));
    }

    /// <summary>Runs an <c>ebpf_</c> call that only succeeds or fails.</summary>
    private EbpfResult Result<TCall>(TCall body, [CallerMemberName] string function = "")
        where TCall : struct, ILibraryCall => Result(ref body, function);

    /// <summary>Runs an <c>ebpf_</c> call that creates a descriptor.</summary>
    private EbpfResult Result<TCall>(TCall body, out int fd, [CallerMemberName] string function = "")
        where TCall : struct, ILibraryCall
    {
        LibraryThread thread = CurrentThread;
        CallOutcome outcome = Execute(function, thread, ref body);
        fd = outcome.Result == EbpfResult.Success && !outcome.Ended ? outcome.Value : -1;
        return ResultOf(thread, outcome);
    }

    private EbpfResult ResultOf(LibraryThread thread, CallOutcome outcome)
    {
        Remember(thread, outcome, setsErrno: true);
        return outcome.Ended ? EbpfResult.Failed : outcome.Result;
    }

    /// <summary>Sets errno for functions whose C code returns an error itself, or that have undone something after the failure.</summary>
    /// <param name="error">The errno to set and, negated, return.</param>
    /// <param name="refusal">The check that refused before anything was undone; null for none.</param>
    private int Fail(Errno error, Refusal? refusal = null)
    {
        LibraryThread thread = _threads.Value!;
        thread.Errno = error;
        thread.Refusal = refusal;
        return -(int)error;
    }

    /// <summary>Stores a call's refusal and errno for its thread.</summary>
    /// <exception cref="ProcessExitedException">A fault in this call has ended the process.</exception>
    private void Remember(LibraryThread thread, CallOutcome outcome, bool setsErrno)
    {
        if (outcome.Ended && thread.CallFault is { } fault)
        {
            throw new ProcessExitedException(Gate.ProcessId, fault.Violation);
        }

        if (!ReferenceEquals(thread.Refusal, thread.CallRefusal))
        {
            thread.Refusal = thread.CallRefusal;
        }

        if (setsErrno && outcome.Errno != Errno.None)
        {
            thread.Errno = outcome.Errno;
        }
    }

    private static void CountReturn(string function, CallOutcome outcome) =>
        KernelSimMeter.CallReturned(function, ResultConversions.NameOf(outcome.Errno));

    private static void TraceStop(ApiCall call, CallOutcome outcome) => UserApiEventSource.Log.ApiCallStop(
        call.RequestId,
        call.Function,
        outcome.Errno == Errno.None ? outcome.Value : -(int)outcome.Errno,
        ResultConversions.NameOf(outcome.Errno),
        call.Done);
}
