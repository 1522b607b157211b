using KernelSim.Debugger.Stores;
using KernelSim.Debugger.Structures;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Ebpf;

/// <summary>Takes an element's value apart into the values of the CPUs and the padding after each.</summary>
internal sealed class ElementSlots
{
    private readonly int _valueSize;
    private readonly int _stride;
    private readonly int _count;

    /// <summary>Reads how a map's values are laid out.</summary>
    /// <exception cref="TargetReadException">No value could be laid out so.</exception>
    public ElementSlots(MapView map)
    {
        (uint valueSize, uint stride, int count, uint bytes) = (map.ValueSize, map.Stride, map.Slots, map.ValueBytes);
        if (valueSize > stride || count < 0 || (ulong)count * stride > bytes)
        {
            throw new TargetReadException(
                $"map {map.Id} is damaged: values of {valueSize} bytes, {stride} apart, for {count} CPUs do not fit into {bytes} bytes");
        }

        (_valueSize, _stride, _count) = ((int)valueSize, (int)stride, count);
    }

    /// <summary>The value of each CPU.</summary>
    public IEnumerable<byte[]> Values(MapElement element) =>
        Enumerable.Range(0, _count).Select(cpu => element.Value.AsSpan(cpu * _stride, _valueSize).ToArray());

    /// <summary>The bytes after a CPU's value, up to the next.</summary>
    public byte[] Padding(MapElement element, int cpu) => element.Value.AsSpan((cpu * _stride) + _valueSize, _stride - _valueSize).ToArray();
}
