using System.Runtime.CompilerServices;

namespace KernelSim.Protocol.Messages;

/// <summary>The types of a helper's five arguments, <c>ebpf_argument_type_t[5]</c>, in place; 0 means no argument.</summary>
[InlineArray(5)]
public struct SerializedHelperArguments
{
    private uint _element;
}
