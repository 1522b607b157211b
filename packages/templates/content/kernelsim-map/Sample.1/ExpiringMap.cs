using System.Buffers.Binary;
using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace SampleNamespace;

/// <summary>
/// A hash map whose elements expire. The map stores each value with the time at which it was written, and does not find one that is too old.
/// </summary>
public sealed class ExpiringMap(TimeSpan lifetime)
{
    /// <summary>The number of the map type: 32768 to 65535 are free for extensions.</summary>
    public const BpfMapType Type = (BpfMapType)32768;

    // Identifies this provider: made for this project.
    private static readonly Guid s_moduleId = new("7b5c1a52-3f0e-4c7b-9d0a-5d1f4a3e8c10");

    /// <summary>The provider, to be registered with the machine's network module registrar.</summary>
    public MapProvider CreateProvider() => new(
        s_moduleId,
        new MapProviderData(Type, new MapProviderDispatch(CreateMap, DeleteMap, AssociateProgram)
        {
            PreprocessUpdateElement = Update,
            PostprocessFindElement = Find,
            PostprocessDeleteElement = Delete,
        })
        {
            // What is stored differs from what programs see: the driver calls the filters above with both.
            UpdatesOriginalValue = true,
        });

    /// <summary>Called before a map is created. A stored value has the time behind it.</summary>
    private static EbpfResult CreateMap(KeThread current, EbpfMapDefinition definition, out uint actualValueSize, out object? mapContext)
    {
        actualValueSize = definition.ValueSize + sizeof(ulong);
        mapContext = null; // data of the extension for this map; none is needed
        return EbpfResult.Success;
    }

    private static void DeleteMap(KeThread current, object? mapContext)
    {
        // Nothing to free: the map has no context.
    }

    private static EbpfResult AssociateProgram(KeThread current, object? mapContext, Guid programType) => EbpfResult.Success;

    private static EbpfResult Update(
        KeThread current, object? mapContext, ReadOnlySpan<byte> key, ReadOnlySpan<byte> inValue, Span<byte> outValue, MapOperationFlags flags)
    {
        inValue.CopyTo(outValue);
        BinaryPrimitives.WriteUInt64LittleEndian(outValue[^sizeof(ulong)..], current.Machine.Clock.InterruptTime);
        return EbpfResult.Success;
    }

    private EbpfResult Find(
        KeThread current, object? mapContext, ReadOnlySpan<byte> key, ReadOnlySpan<byte> inValue, Span<byte> outValue, MapOperationFlags flags)
    {
        ulong written = BinaryPrimitives.ReadUInt64LittleEndian(inValue[^sizeof(ulong)..]);
        if (current.Machine.Clock.InterruptTime - written > (ulong)lifetime.Ticks)
        {
            return EbpfResult.KeyNotFound;
        }

        inValue[..^sizeof(ulong)].CopyTo(outValue);
        return EbpfResult.Success;
    }

    private static void Delete(KeThread current, object? mapContext, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MapOperationFlags flags)
    {
        // Every value that Update has written comes back here once. These refer to nothing that would have to be freed.
    }
}
