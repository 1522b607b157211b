using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Types;

/// <summary>A type of BTF's, for keys and values: its size, and how its values are printed.</summary>
internal abstract class BtfType
{
    /// <summary>Size in bytes.</summary>
    public abstract uint Size { get; }

    /// <summary>The boundary that it starts at in a structure.</summary>
    public abstract uint Alignment { get; }

    /// <summary>Whether values of several CPUs can be added.</summary>
    public virtual bool IsSummable => false;

    /// <summary>Prints a value.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="data">Its bytes.</param>
    /// <param name="plain">Whether the document stands for text, in which numbers that JSON does not have may stay as they are.</param>
    public abstract void Print(BpftoolJson json, ReadOnlySpan<byte> data, bool plain);

    /// <summary>Prints the sum of all CPUs' values; only of what can be added.</summary>
    public virtual void PrintSum(BpftoolJson json, CpuValues values) => throw new InvalidOperationException("Ask first whether it can be added.");

    /// <summary>The parts that it consists of, which leave out its padding.</summary>
    /// <param name="offset">Offset of the value in bytes.</param>
    /// <param name="name">Name of the value.</param>
    public virtual IEnumerable<TypePart> Parts(uint offset, string name) => [new TypePart(offset, Size, name)];
}

/// <summary>A part of a value.</summary>
/// <param name="Offset">Its offset in bytes.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Name">Its name, such as <c>value.packets</c>.</param>
internal readonly record struct TypePart(uint Offset, uint Size, string Name);
