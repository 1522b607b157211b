using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>The signature of a helper: <c>ebpf_helper_function_prototype_t</c>.</summary>
/// <param name="Id">Below 0xFFFF the id of a general helper, which an extension may override; otherwise one of the program type's own.</param>
/// <param name="Name">Name of the helper, such as <c>bpf_map_lookup_elem</c>.</param>
/// <param name="ReturnType">Type of the return value.</param>
/// <param name="Arguments">Types of the arguments, at most five.</param>
public sealed record HelperPrototype(uint Id, string Name, HelperReturnType ReturnType, params IReadOnlyList<HelperArgumentType> Arguments)
{
    /// <summary>Creates the signature of a general helper, which an extension implements in the driver's place.</summary>
    /// <param name="id">Id of the helper.</param>
    /// <param name="name">Name of the helper, such as <c>bpf_map_lookup_elem</c>.</param>
    /// <param name="returnType">Type of the return value.</param>
    /// <param name="arguments">Types of the arguments, at most five.</param>
    public HelperPrototype(BpfFuncId id, string name, HelperReturnType returnType, params IReadOnlyList<HelperArgumentType> arguments)
        : this((uint)id, name, returnType, arguments)
    {
    }

    /// <summary>The maximum number of arguments of a helper.</summary>
    public const int MaxArguments = 5;

    /// <summary>The first id of a program type's own helpers: <c>EBPF_MAX_GENERAL_HELPER_FUNCTION</c>.</summary>
    public const uint FirstTypeSpecificId = 0xFFFF;

    /// <summary>Version and size.</summary>
    public ExtensionHeader Header { get; init; } = ExtensionHeaders.HelperPrototype;

    /// <summary>True if the helper may move the packet's data, which invalidates pointers into it: <c>reallocate_packet</c>.</summary>
    public bool ReallocatesPacket { get; init; }

    /// <summary>True if the helper gets the program's context in addition to its arguments: <c>implicit_context</c>.</summary>
    public bool ImplicitContext { get; init; }

    /// <summary>The type of an argument; <see cref="HelperArgumentType.DontCare"/> if there is none.</summary>
    public HelperArgumentType Argument(int index) => index < Arguments.Count ? Arguments[index] : HelperArgumentType.DontCare;
}
