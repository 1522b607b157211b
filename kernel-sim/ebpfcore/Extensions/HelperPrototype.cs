using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>What a helper is called, takes and returns: <c>ebpf_helper_function_prototype_t</c>.</summary>
/// <param name="Id">Its number: below 0xFFFF a general helper's, which an extension may override; else the program type's own.</param>
/// <param name="Name">Its name, such as <c>bpf_map_lookup_elem</c>.</param>
/// <param name="ReturnType">What it returns.</param>
/// <param name="Arguments">What it takes, at most five.</param>
public sealed record HelperPrototype(uint Id, string Name, HelperReturnType ReturnType, params IReadOnlyList<HelperArgumentType> Arguments)
{
    /// <summary>Arguments that a helper can have.</summary>
    public const int MaxArguments = 5;

    /// <summary>The first id of a program type's own helpers: <c>EBPF_MAX_GENERAL_HELPER_FUNCTION</c>.</summary>
    public const uint FirstTypeSpecificId = 0xFFFF;

    /// <summary>Version and size.</summary>
    public ExtensionHeader Header { get; init; } = ExtensionHeaders.HelperPrototype;

    /// <summary>True when the helper may move the packet's data, so that pointers into it are stale afterwards: <c>reallocate_packet</c>.</summary>
    public bool ReallocatesPacket { get; init; }

    /// <summary>True when the helper gets the program's context besides its arguments: <c>implicit_context</c>.</summary>
    public bool ImplicitContext { get; init; }

    /// <summary>The type of an argument; <see cref="HelperArgumentType.DontCare"/> where there is none.</summary>
    public HelperArgumentType Argument(int index) => index < Arguments.Count ? Arguments[index] : HelperArgumentType.DontCare;
}
