namespace KernelSim.LabScripts.Abi.Linux;

/// <summary>The map types that share an implementation in Linux.</summary>
internal enum LinuxMapFamily
{
    /// <summary>Values by hash: <c>kernel/bpf/hashtab.c</c>.</summary>
    Hash,

    /// <summary>Values by index: <c>kernel/bpf/arraymap.c</c>.</summary>
    Array,

    /// <summary>Objects by index: the part of <c>kernel/bpf/arraymap.c</c> for descriptors.</summary>
    Objects,

    /// <summary>Prefixes: <c>kernel/bpf/lpm_trie.c</c>.</summary>
    Trie,

    /// <summary>Values without keys: <c>kernel/bpf/queue_stack_maps.c</c>.</summary>
    Queue,

    /// <summary>Records: <c>kernel/bpf/ringbuf.c</c> and perf event arrays. No call on elements.</summary>
    Ring,
}
