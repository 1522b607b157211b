using KernelSim.Debugger.Stores;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Ebpf;

/// <summary>Takes an element's value apart into the values of the CPUs and the padding after each.</summary>
internal sealed class ElementSlots(MapView map)
{
    private readonly int _valueSize = (int)map.ValueSize;
    private readonly int _stride = (int)map.Stride;
    private readonly int _count = map.Slots;

    /// <summary>The value of each CPU.</summary>
    public IEnumerable<byte[]> Values(MapElement element) =>
        Enumerable.Range(0, _count).Select(cpu => element.Value.AsSpan(cpu * _stride, _valueSize).ToArray());

    /// <summary>The bytes after a CPU's value, up to the next.</summary>
    public byte[] Padding(MapElement element, int cpu) => element.Value.AsSpan((cpu * _stride) + _valueSize, _stride - _valueSize).ToArray();
}
