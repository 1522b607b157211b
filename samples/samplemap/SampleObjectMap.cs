using System.Buffers.Binary;
using System.Collections.Concurrent;
using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Samples.SampleMap;

/// <summary>
/// <c>BPF_MAP_TYPE_SAMPLE_HASH_MAP</c>: user mode stores 4-byte numbers; the extension keeps an object for each, and the map stores its
/// reference, 8 bytes. Does for numbers what a socket map does for sockets.
/// </summary>
public sealed class SampleObjectMap
{
    private static readonly Guid s_moduleId = new("f788ef4b-207d-4dc4-85cf-0f2ea107213c");
    private static readonly Guid s_sampleProgram = new("f788ef4a-207d-4dc3-85cf-0f2ea107213c");

    private readonly ConcurrentDictionary<ulong, uint> _objects = new();
    private ulong _lastReference;

    /// <summary>The provider, to be registered with the machine's network module registrar.</summary>
    public MapProvider CreateProvider() => new(
        s_moduleId,
        new MapProviderData(BpfMapType.SampleHashMap, new MapProviderDispatch(CreateMap, DeleteMap, AssociateProgram)
        {
            PostprocessFindElement = FindElement,
            PreprocessUpdateElement = UpdateElement,
            PostprocessDeleteElement = DeleteElement,
        })
        {
            UpdatesOriginalValue = true,
        });

    /// <summary>Objects that are in maps.</summary>
    public int ObjectCount => _objects.Count;

    private static EbpfResult CreateMap(KeThread current, EbpfMapDefinition definition, out uint actualValueSize, out object? mapContext)
    {
        actualValueSize = sizeof(ulong);
        mapContext = definition.KeySize == sizeof(uint) && definition.ValueSize == sizeof(uint) ? new SampleMapContext() : null;
        return mapContext is null ? EbpfResult.InvalidArgument : EbpfResult.Success;
    }

    private static void DeleteMap(KeThread current, object? mapContext)
    {
        // Nothing to free: every element has been removed before.
    }

    private static EbpfResult AssociateProgram(KeThread current, object? mapContext, Guid programType) =>
        programType == s_sampleProgram ? EbpfResult.Success : EbpfResult.OperationNotSupported;

    private EbpfResult UpdateElement(
        KeThread current, object? mapContext, ReadOnlySpan<byte> key, ReadOnlySpan<byte> inValue, Span<byte> outValue, MapOperationFlags flags)
    {
        ulong reference = Interlocked.Increment(ref _lastReference);
        _objects[reference] = BinaryPrimitives.ReadUInt32LittleEndian(inValue);
        BinaryPrimitives.WriteUInt64LittleEndian(outValue, reference);
        return EbpfResult.Success;
    }

    private EbpfResult FindElement(
        KeThread current, object? mapContext, ReadOnlySpan<byte> key, ReadOnlySpan<byte> inValue, Span<byte> outValue, MapOperationFlags flags)
    {
        // A reader may hold a reference whose element has just been deleted.
        if (!_objects.TryGetValue(BinaryPrimitives.ReadUInt64LittleEndian(inValue), out uint number))
        {
            return EbpfResult.KeyNotFound;
        }

        ((SampleMapContext)mapContext!).CountRead();
        BinaryPrimitives.WriteUInt32LittleEndian(outValue, number);
        return EbpfResult.Success;
    }

    private void DeleteElement(
        KeThread current, object? mapContext, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MapOperationFlags flags) =>
        _objects.TryRemove(BinaryPrimitives.ReadUInt64LittleEndian(value), out _);
}
