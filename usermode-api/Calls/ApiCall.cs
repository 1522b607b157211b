using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using System.Globalization;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Device;
using KernelSim.UserMode.Marshalling;
using static KernelSim.Tracing.UserApiEventSource;

namespace KernelSim.UserMode.Calls;

/// <summary>
/// One call in progress: its request id, its channel to the driver, and what it has determined so far. Pooled and reused, by
/// one thread at a time.
/// </summary>
internal sealed class ApiCall(Libbpf library)
{
    /// <summary>The library that the program called.</summary>
    public Libbpf Library { get; } = library;

    /// <summary>The channel to the driver.</summary>
    public DeviceChannel Channel { get; } = new(library.Gate);

    /// <summary>The process's memory.</summary>
    public IUserMemory Memory { get; } = library.Gate.Memory;

    /// <summary>The behaviour of the library's version.</summary>
    public LibraryTraits Traits => Library.Traits;

    /// <summary>The request id that all events of this call carry.</summary>
    public ulong RequestId { get; private set; }

    /// <summary>The function that the program called.</summary>
    public string Function { get; private set; } = "";

    /// <summary>The map that the call is about, once it has been looked up.</summary>
    public MapShape? Map { get; set; }

    /// <summary>The return value of a successful call.</summary>
    public int Value { get; set; }

    /// <summary>Number of elements done.</summary>
    public long Done { get; set; }

    /// <summary>Why the call failed, once a check has refused it.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Whether a listener wants an event for every copy; determined once per call.</summary>
    public bool TracesCopies { get; private set; }

    /// <summary>Whether a listener wants the layouts that application and library assume.</summary>
    public bool TracesLayout { get; private set; }

    private bool TracesChecks { get; set; }

    private (NtStatus Status, Win32Error Error)? _failure;

    /// <summary>Resets the object for the next call.</summary>
    public void Begin(ulong requestId, string function)
    {
        RequestId = requestId;
        Function = function;
        Map = null;
        Value = 0;
        Done = 0;
        Refusal = null;
        _failure = null;
        bool traced = Log.IsEnabled();
        TracesCopies = traced && Log.IsEnabled(EventLevel.Verbose, Keywords.Copy);
        TracesLayout = traced && Log.IsEnabled(EventLevel.Informational, Keywords.Layout);
        TracesChecks = traced && Log.IsEnabled(EventLevel.Verbose, Keywords.Check);
    }

    /// <summary>Reports a comparison, and remembers the refusal if it failed.</summary>
    /// <param name="passed">Whether it went well.</param>
    /// <param name="check">The row of the check.</param>
    /// <param name="what">What was looked at, as a message names it.</param>
    /// <param name="given">The number that was given.</param>
    /// <param name="expected">What should have come: the least, the most or the only good value.</param>
    /// <returns><paramref name="passed"/>.</returns>
    public bool Require(bool passed, Check check, string what, long given, long expected)
    {
        if (TracesChecks)
        {
            Log.SizeCheck(RequestId, check.Id, what, given, expected, passed);
        }

        if (!passed)
        {
            Refuse(check, given, expected, $"{what} {check.Describe(given, expected)} ({check.Formula})");
        }

        return passed;
    }

    /// <summary>
    /// Compares a buffer with what the call will touch, if the library version does so: the bytes from the pointer to the end of the
    /// heap block that holds it, or of the accessible memory.
    /// </summary>
    /// <param name="access">How the call accesses it. Heap memory allows both.</param>
    /// <param name="check">The row of the check table.</param>
    /// <param name="what">Name of the argument.</param>
    /// <param name="address">The pointer.</param>
    /// <param name="count">Number of items.</param>
    /// <param name="each">Size of an item in bytes.</param>
    /// <param name="eachFormula">How <paramref name="each"/> is computed; null if it is a plain number.</param>
    /// <returns>True if the buffer is long enough, or the version does not check it.</returns>
    public bool RequireBuffer(
        MemoryAccess access, Check check, string what, ulong address, uint count, ulong each, string? eachFormula = null)
    {
        if (!Traits.ChecksBuffers)
        {
            return true;
        }

        ulong needed = Math.BigMul(count, each, out ulong low) == 0 ? low : ulong.MaxValue;
        long given = (long)Math.Min(AvailableBytes(access, address, needed), long.MaxValue);
        long expected = (long)Math.Min(needed, long.MaxValue);
        bool passed = given >= expected;
        if (TracesChecks)
        {
            Log.SizeCheck(RequestId, check.Id, what, given, expected, passed);
        }

        if (!passed)
        {
            string product = count == 1
                ? string.Create(CultureInfo.InvariantCulture, $"{expected}")
                : string.Create(CultureInfo.InvariantCulture, $"{count} x {each} = {expected}");
            string reason = eachFormula is null ? "" : $" ({eachFormula})";
            Refuse(
                check, given, expected, string.Create(CultureInfo.InvariantCulture, $"{what} {given} bytes given, expected {product}{reason}"));
        }

        return passed;
    }

    /// <summary>Reports a refusal without numbers.</summary>
    /// <returns>The check's result.</returns>
    public EbpfResult Refuse(Check check, string what) => Refuse(check, null, null, $"{what}, expected {check.Formula}");

    /// <summary>The result of the refused check, to return after <see cref="Require"/> or <see cref="RequireBuffer"/> returned false.</summary>
    public EbpfResult Refused => Refusal!.Check.Result;

    /// <summary>Whether the length of this request fits its header: <c>ebpf_safe_size_t_to_uint16</c>.</summary>
    public bool RequireMessageLength(int fixedPart, ulong tail) =>
        Require(
            tail <= (ulong)(EbpfDevice.MaxMessageBytes - fixedPart),
            CheckTable.ApiMessageLength,
            "length of the request",
            (long)Math.Min((ulong)fixedPart + tail, long.MaxValue),
            EbpfDevice.MaxMessageBytes);

    /// <summary>Finds the handle behind a descriptor: <c>_get_osfhandle</c>.</summary>
    public bool TryResolve(int descriptor, [NotNullWhen(true)] out OpenDescriptor? entry, Check? check = null)
    {
        if (Library.Descriptors.TryGet(descriptor, out entry))
        {
            return true;
        }

        Refuse(
            check ?? CheckTable.ApiDescriptor,
            descriptor,
            null,
            string.Create(CultureInfo.InvariantCulture, $"descriptor {descriptor} given, expected {(check ?? CheckTable.ApiDescriptor).Formula}"));
        return false;
    }

    /// <summary>
    /// Finds a map's handle and definition, from the cache if the version has one, otherwise by asking the kernel:
    /// <c>_get_map_descriptor_properties</c>.
    /// </summary>
    /// <returns>False if the call is refused: for an invalid descriptor, and for a descriptor of another type of object.</returns>
    public bool TryResolveMap(int descriptor, out NtHandle handle, [NotNullWhen(true)] out MapShape? shape)
    {
        handle = NtHandle.Invalid;
        shape = null;
        if (!TryResolve(descriptor, out OpenDescriptor? entry))
        {
            return false;
        }

        handle = entry.Handle;
        shape = Traits.CachesDefinitions ? entry.Shape : null;
        if (shape is null && ObjectMessages.GetMapInfo(this, handle, out BpfMapInfo info) == EbpfResult.Success)
        {
            shape = new MapShape(
                info.Type, info.KeySize, info.ValueSize, info.MaxEntries, info.Name.ToString(), Library.Gate.MaximumProcessorCount);
            entry.Shape = shape;
        }

        if (shape is null)
        {
            // Whatever the reason, upstream reports it as an invalid argument.
            Refuse(CheckTable.ApiMapProperties, $"descriptor {descriptor} given");
            return false;
        }

        Map = shape;
        return true;
    }

    /// <summary>Counts the element of a single-element call as done if the call succeeded.</summary>
    /// <returns><paramref name="result"/>.</returns>
    public EbpfResult CountOne(EbpfResult result)
    {
        Done = result == EbpfResult.Success ? 1 : 0;
        return result;
    }

    /// <summary>Creates a descriptor that owns a new handle, and returns it from the call.</summary>
    public EbpfResult OpenDescriptor(NtHandle handle, MapShape? shape)
    {
        Value = Library.Descriptors.Open(handle, shape);
        if (Value >= 0)
        {
            return EbpfResult.Success;
        }

        Library.Gate.NtClose(RequestId, handle);
        return EbpfResult.NoMemory;
    }

    /// <summary>Sends the request that was begun, and waits for the reply.</summary>
    /// <param name="replyLength">Room for the reply in bytes; 0 if the operation has none.</param>
    /// <param name="isFixed">True if the reply must have exactly that length.</param>
    public EbpfResult Send(int replyLength = 0, bool isFixed = true)
    {
        EbpfResult result = Channel.Send(RequestId, replyLength);
        if (result == EbpfResult.Success)
        {
            return !isFixed || Require(
                Channel.ReplyLength == replyLength, CheckTable.ApiReplyLength, "bytes in the reply", Channel.ReplyLength, replyLength)
                ? result
                : Refused;
        }

        if (!Channel.IsOpen)
        {
            return Refuse(CheckTable.ApiDevice, $"{Channel.LastStatus} from NtCreateFile");
        }

        // Requests that clean up come after the one that failed.
        _failure = (Channel.LastStatus, Channel.LastError);
        return result;
    }

    /// <summary>
    /// Reports the end of a failed call: if the kernel refused it, finds out which check did, and reports how its status became an errno.
    /// </summary>
    public void ReportFailure(EbpfResult result)
    {
        if (_failure is not { } failure || Refusal is not null)
        {
            return;
        }

        Errno errno = ResultConversions.ToErrno(result);
        string errnoName = ResultConversions.NameOf(errno);
        Log.ErrnoMapped(RequestId, ResultConversions.NameOf(result), failure.Status.Name, failure.Error.Name, errnoName);

        // A batch that stopped at a key that is missing, or there already, was answered and not refused. A refusal with another status than
        // the request ended with was of an earlier request of the call, which went on.
        if (Library.Gate.TryGetRefusal(RequestId, out CheckRefusal kernel)
            && kernel.Check != CheckTable.MapBatchElement.Number
            && CheckTable.Find(kernel.Check) is { } check
            && (check.RefusesAttachment || check.Status == failure.Status))
        {
            string text = $"{Subject}: {check.Describe(kernel.Given, kernel.Expected)} ({check.Formula}) [{check}] -> {errnoName}";
            Refusal = new Refusal(check, kernel.Given, kernel.Expected, errno, text);
        }
    }

    /// <summary>Reports a copy, if a listener wants every one.</summary>
    public void TraceCopy(string stage, long element, int slot, ulong source, ulong destination, long bytes)
    {
        if (TracesCopies)
        {
            Log.Copy(RequestId, stage, element, slot, source, destination, bytes);
        }
    }

    private string Subject => Map?.Subject ?? Function;

    private EbpfResult Refuse(Check check, long? given, long? expected, string text)
    {
        Errno errno = check.Errno;
        string errnoName = ResultConversions.NameOf(errno);
        Refusal = new Refusal(check, given, expected, errno, $"{Subject}: {text} [{check}] -> {errnoName}");
        Log.InvalidArgument(RequestId, check.Id, Function, ResultConversions.NameOf(check.Result), "none", errnoName);
        return check.Result;
    }

    private ulong AvailableBytes(MemoryAccess access, ulong address, ulong needed)
    {
        if (address == 0)
        {
            return 0;
        }

        if (Memory.TryGetHeapBlock(address, out UserRange block))
        {
            return block.End - address;
        }

        uint wanted = (uint)Math.Min(needed, uint.MaxValue);
        return Memory.TryAccess(address, wanted, access, Function, out _, out AccessViolation violation)
            ? wanted
            : violation.Address - address;
    }
}
