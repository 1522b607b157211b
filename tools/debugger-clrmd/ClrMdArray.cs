using KernelSim.Debugger.Targets;
using Microsoft.Diagnostics.Runtime;

namespace KernelSim.Debugger.ClrMd;

/// <summary>A one-dimensional array on the heap.</summary>
internal sealed class ClrMdArray : ITargetArray
{
    private const int MostElements = 1 << 28;

    private readonly ClrMdTarget _target;
    private readonly ClrType _type;
    private readonly ClrType? _element;
    private readonly ulong _address;

    private ClrMdArray(ClrMdTarget target, ulong address, ClrType type, int length)
    {
        (_target, _address, _type, _element) = (target, address, type, type.ComponentType);
        Length = length;
    }

    /// <inheritdoc/>
    public int Length { get; }

    /// <summary>The array at an address that the target refers to.</summary>
    public static ClrMdArray At(ClrMdTarget target, ulong address) => ClrMdReading.Try(() =>
    {
        ClrType type = target.TypeOf(address);
        if (!type.IsArray || type.ElementType != ClrElementType.SZArray)
        {
            throw new TargetReadException($"{type.Name} at 0x{address:x} is no array");
        }

        int length = target.Heap.GetObject(address, type).AsArray().Length;
        return length is >= 0 and <= MostElements
            ? new ClrMdArray(target, address, type, length)
            : throw new TargetReadException($"the array at 0x{address:x} has {length} elements, expected 0 to {MostElements}");
    });

    /// <inheritdoc/>
    public long IntegerAt(int index) => ClrMdReading.Try(() =>
        ClrMdValue.ReadInteger(_target, AddressOf(index), _element?.ElementType ?? ClrElementType.Unknown, _type.ComponentSize)
        ?? throw new TargetReadException($"element {index} of {_type.Name} is not a number"));

    /// <inheritdoc/>
    public string? StringAt(int index) => ClrMdValue.ReadString(_target, ReferenceAt(index));

    /// <inheritdoc/>
    public ITargetObject? ObjectAt(int index) => _target.Wrap(ReferenceAt(index));

    /// <inheritdoc/>
    public ITargetObject StructAt(int index) => ClrMdReading.Try(() => _element is { IsValueType: true }
        ? new ClrMdObject(_target, AddressOf(index), _element, isStruct: true)
        : throw new TargetReadException($"element {index} of {_type.Name} is not a structure"));

    private ulong ReferenceAt(int index) => ClrMdReading.Try(() => _element is { IsValueType: true }
        ? throw new TargetReadException($"element {index} of {_type.Name} is no reference")
        : _target.ReadPointer(AddressOf(index)));

    private ulong AddressOf(int index) => (uint)index < (uint)Length
        ? _type.GetArrayElementAddress(_address, index)
        : throw new TargetReadException($"element {index} given, expected one of an array of {Length}");
}
