namespace KernelSim.EbpfCore.Extensions;

/// <summary>The type of a helper's return value, for the verifier: <c>ebpf_return_type_t</c>.</summary>
public enum HelperReturnType : uint
{
    /// <summary><c>EBPF_RETURN_TYPE_INTEGER</c>.</summary>
    Integer = 0,

    /// <summary><c>EBPF_RETURN_TYPE_PTR_TO_MAP_VALUE_OR_NULL</c>.</summary>
    PtrToMapValueOrNull = 1,

    /// <summary><c>EBPF_RETURN_TYPE_INTEGER_OR_NO_RETURN_IF_SUCCEED</c>: a tail call.</summary>
    IntegerOrNoReturnIfSucceed = 2,
}
