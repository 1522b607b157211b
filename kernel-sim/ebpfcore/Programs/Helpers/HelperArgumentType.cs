namespace KernelSim.EbpfCore.Extensions;

/// <summary>The type of a helper's argument, for the verifier: <c>ebpf_argument_type_t</c>.</summary>
public enum HelperArgumentType : uint
{
    /// <summary><c>EBPF_ARGUMENT_TYPE_DONTCARE</c>: there is no argument.</summary>
    DontCare = 0,

    /// <summary><c>EBPF_ARGUMENT_TYPE_ANYTHING</c>: any number.</summary>
    Anything = 1,

    /// <summary><c>EBPF_ARGUMENT_TYPE_CONST_SIZE</c>: size in bytes of the memory that the preceding pointer points to.</summary>
    ConstSize = 2,

    /// <summary><c>EBPF_ARGUMENT_TYPE_CONST_SIZE_OR_ZERO</c>.</summary>
    ConstSizeOrZero = 3,

    /// <summary><c>EBPF_ARGUMENT_TYPE_PTR_TO_CTX</c>: the program's context.</summary>
    PtrToCtx = 4,

    /// <summary><c>EBPF_ARGUMENT_TYPE_PTR_TO_MAP</c>.</summary>
    PtrToMap = 5,

    /// <summary><c>EBPF_ARGUMENT_TYPE_PTR_TO_MAP_OF_PROGRAMS</c>.</summary>
    PtrToMapOfPrograms = 6,

    /// <summary><c>EBPF_ARGUMENT_TYPE_PTR_TO_MAP_KEY</c>.</summary>
    PtrToMapKey = 7,

    /// <summary><c>EBPF_ARGUMENT_TYPE_PTR_TO_MAP_VALUE</c>.</summary>
    PtrToMapValue = 8,

    /// <summary><c>EBPF_ARGUMENT_TYPE_PTR_TO_READABLE_MEM</c>.</summary>
    PtrToReadableMem = 9,

    /// <summary><c>EBPF_ARGUMENT_TYPE_PTR_TO_READABLE_MEM_OR_NULL</c>.</summary>
    PtrToReadableMemOrNull = 10,

    /// <summary><c>EBPF_ARGUMENT_TYPE_PTR_TO_WRITABLE_MEM</c>.</summary>
    PtrToWritableMem = 11,
}
