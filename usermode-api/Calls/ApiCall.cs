using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Runtime.CompilerServices;
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
internal sealed class ApiCall
{
    public ApiCall(LibraryState library)
    {
        Library = library;
        Channel = new DeviceChannel(library.Gate, Checks);
        Memory = library.Gate.Memory;
    }

    /// <summary>The library that the program called.</summary>
    public LibraryState Library { get; }

    /// <summary>The channel to the driver.</summary>
    public DeviceChannel Channel { get; }

    /// <summary>What the call has checked.</summary>
    public CallChecks Checks { get; } = new();

    /// <summary>The events for what the call copies.</summary>
    public CopyTrace Copies { get; } = new();

    /// <summary>The process's memory.</summary>
    public IUserMemory Memory { get; }

    /// <summary>The behaviour of the library's version.</summary>
    public LibraryTraits Traits => Library.Traits;

    /// <summary>The request id that all events of this call carry.</summary>
    public ulong RequestId => Checks.RequestId;

    /// <summary>The function that the program called.</summary>
    public string Function => Checks.Function;

    /// <summary>
    /// The return value of a successful call: 0, a descriptor, a number of records. All other results are properties of the call's struct.
    /// </summary>
    public int Value { get; set; }

    /// <summary>Number of elements done.</summary>
    public long Done { get; set; }

    /// <summary>Whether a listener wants the layouts that application and library assume.</summary>
    public bool TracesLayout { get; private set; }

    /// <summary>The result of the refused check, to return after a <c>Require</c> method returned false.</summary>
    public EbpfResult Refused => Checks.Refused;

    /// <summary>Resets the object for the next call.</summary>
    public void Begin(ulong requestId, string function)
    {
        bool traced = Log.IsEnabled();
        Checks.Begin(requestId, function, traced);
        Copies.Begin(requestId, traced);
        TracesLayout = traced && Log.IsEnabled(EventLevel.Informational, Keywords.Layout);
        Channel.Failure = null;
        Value = 0;
        Done = 0;
    }

    /// <inheritdoc cref="CallChecks.Require"/>
    public bool Require(bool passed, Check check, string what, long given, long expected) =>
        Checks.Require(passed, check, what, given, expected);

    /// <inheritdoc cref="CallChecks.Refuse(Check, string)"/>
    public EbpfResult Refuse(Check check, string what) => Checks.Refuse(check, what);

    /// <inheritdoc cref="DeviceChannel.RequireMessageLength"/>
    public bool RequireMessageLength(int fixedPart, ulong tail) => Channel.RequireMessageLength(fixedPart, tail);

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
    [MethodImpl(MethodImplOptions.NoInlining)] // it would make the frames of its callers large
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
        Checks.Report(passed, check, what, given, expected);
        if (!passed)
        {
            string product = count == 1
                ? string.Create(CultureInfo.InvariantCulture, $"{expected}")
                : string.Create(CultureInfo.InvariantCulture, $"{count} x {each} = {expected}");
            string reason = eachFormula is null ? "" : $" ({eachFormula})";
            Checks.Refuse(
                check, given, expected, string.Create(CultureInfo.InvariantCulture, $"{what} {given} bytes given, expected {product}{reason}"));
        }

        return passed;
    }

    /// <summary>Finds the handle behind a descriptor: <c>_get_osfhandle</c>.</summary>
    public bool TryResolve(int descriptor, [NotNullWhen(true)] out OpenDescriptor? entry, Check? check = null)
    {
        entry = Library.Descriptors.Find(descriptor);
        if (entry is not null)
        {
            return true;
        }

        check ??= CheckTable.ApiDescriptor;
        string text = string.Create(CultureInfo.InvariantCulture, $"descriptor {descriptor} given, expected {check.Formula}");
        Checks.Refuse(check, descriptor, null, text);
        return false;
    }

    /// <summary>
    /// Finds a map's handle and definition, from the cache if the version has one, otherwise by asking the kernel:
    /// <c>_get_map_descriptor_properties</c>.
    /// </summary>
    /// <returns>False if the call is refused: for an invalid descriptor, and for a descriptor of another type of object.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryResolveMap(int descriptor, out NtHandle handle, [NotNullWhen(true)] out MapShape? shape)
    {
        if (Library.Descriptors.Find(descriptor) is { } entry && entry.Shape is { } known && Traits.CachesDefinitions)
        {
            handle = entry.Handle;
            shape = known;
            Checks.MapName = known.Name;
            return true;
        }

        return TryAskForMap(descriptor, out handle, out shape);
    }

    private bool TryAskForMap(int descriptor, out NtHandle handle, [NotNullWhen(true)] out MapShape? shape)
    {
        handle = NtHandle.Invalid;
        shape = null;
        if (!TryResolve(descriptor, out OpenDescriptor? entry))
        {
            return false;
        }

        handle = entry.Handle;
        if (ObjectMessages.GetMapInfo(Channel, handle, out BpfMapInfo info) == EbpfResult.Success)
        {
            // A definition never changes: the kernel gives the same again, and the library makes no new object of it.
            shape = entry.Shape is { } known && known.Describes(info)
                ? known
                : entry.Shape = new MapShape(
                    info.Type,
                    info.KeySize,
                    info.ValueSize,
                    info.MaxEntries,
                    info.Name.ToString(),
                    Library.Gate.MaximumProcessorCount,
                    Traits.ScalesValues);
        }

        if (shape is null)
        {
            // Whatever the reason, upstream reports it as an invalid argument.
            Refuse(CheckTable.ApiMapProperties, $"descriptor {descriptor} given");
            return false;
        }

        Checks.MapName = shape.Name;
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

    /// <summary>
    /// Reports the end of a failed call: if the kernel refused it, finds out which check did, and reports how its status became an errno.
    /// </summary>
    public void ReportFailure(EbpfResult result)
    {
        if (Channel.Failure is not { } failure || Checks.Refusal is not null)
        {
            return;
        }

        Errno errno = ResultConversions.ToErrno(result);
        if (Log.IsEnabled())
        {
            Log.ErrnoMapped(
                RequestId, ResultConversions.NameOf(result), failure.Status.Name, failure.Error.Name, ResultConversions.NameOf(errno));
        }

        // A batch that stopped at a key that is missing, or there already, was answered and not refused. A refusal with another status than
        // the request ended with was of an earlier request of the call, which went on.
        if (Library.Gate.TryGetRefusal(RequestId, out CheckRefusal kernel)
            && kernel.Check != CheckTable.MapBatchElement.Number
            && CheckTable.Find(kernel.Check) is { } check
            && (check.RefusesAttachment || check.Status == failure.Status))
        {
            Checks.RecordKernel(check, kernel.Given, kernel.Expected, result);
        }
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
