using KernelSim.EbpfCore.Extensions;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Programs;

/// <summary>Where the contexts of a program type have their pointers, worked out once for each provider of the type.</summary>
/// <param name="type">The provider's data; null while it is detached.</param>
/// <param name="descriptor">Its description of contexts.</param>
internal sealed class ProgramContextLayout(ProgramData? type, ContextDescriptor descriptor)
{
    private readonly int _last = Math.Max(descriptor.Data, Math.Max(descriptor.End, descriptor.Meta));

    /// <summary>The provider's data.</summary>
    public ProgramData? Type => type;

    /// <summary>Bytes of a context; 0 if the type says nothing of it.</summary>
    public int Size { get; } = Math.Max(descriptor.Size, 0);

    /// <summary>The bytes at the start that end with the last pointer.</summary>
    public int PointerBytes => _last < 0 ? 0 : Math.Min(Size, _last + sizeof(ulong));

    /// <summary>Whether contexts have pointers to the data and past it.</summary>
    public bool HasData { get; } = descriptor is { Size: > 0, Data: >= 0, End: >= 0 };

    /// <summary>Offset of the pointer to the data.</summary>
    public int Data { get; } = descriptor.Data;

    /// <summary>Offset of the pointer past the data.</summary>
    public int End { get; } = descriptor.End;
}
