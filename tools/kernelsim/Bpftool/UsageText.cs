namespace KernelSim.Tool.Bpftool;

/// <summary>bpftool's usage, word for word: on standard error, null in JSON.</summary>
internal static class UsageText
{
    /// <summary>Of the tool.</summary>
    public const string OfTool = """
        Usage: bpftool [OPTIONS] OBJECT { COMMAND | help }
               bpftool batch file FILE
               bpftool version

               OBJECT := { prog | map | link | cgroup | perf | net | feature | btf | gen | struct_ops | iter }
               OPTIONS := { {-j|--json} [{-p|--pretty}] | {-d|--debug} | {-l|--legacy} |
                            {-V|--version} }

        """;

    /// <summary>Of <c>map</c>.</summary>
    public const string OfMaps = """
        Usage: bpftool map { show | list }   [MAP]
               bpftool map create     FILE type TYPE key KEY_SIZE value VALUE_SIZE \
                                          entries MAX_ENTRIES name NAME [flags FLAGS] \
                                          [inner_map MAP] [dev NAME]
               bpftool map dump       MAP
               bpftool map update     MAP [key DATA] [value VALUE] [UPDATE_FLAGS]
               bpftool map lookup     MAP [key DATA]
               bpftool map getnext    MAP [key DATA]
               bpftool map delete     MAP  key DATA
               bpftool map pin        MAP  FILE
               bpftool map event_pipe MAP [cpu N index M]
               bpftool map peek       MAP
               bpftool map push       MAP value VALUE
               bpftool map pop        MAP
               bpftool map enqueue    MAP value VALUE
               bpftool map dequeue    MAP
               bpftool map freeze     MAP
               bpftool map help

               MAP := { id MAP_ID | pinned FILE | name MAP_NAME }
               DATA := { [hex] BYTES }
               PROG := { id PROG_ID | pinned FILE | tag PROG_TAG | name PROG_NAME }
               VALUE := { DATA | MAP | PROG }
               UPDATE_FLAGS := { any | exist | noexist }
               TYPE := { hash | array | prog_array | perf_event_array | percpu_hash |
                         percpu_array | stack_trace | cgroup_array | lru_hash |
                         lru_percpu_hash | lpm_trie | array_of_maps | hash_of_maps |
                         devmap | devmap_hash | sockmap | cpumap | xskmap | sockhash |
                         cgroup_storage | reuseport_sockarray | percpu_cgroup_storage |
                         queue | stack | sk_storage | struct_ops | ringbuf | inode_storage |
                         task_storage | bloom_filter | user_ringbuf }
               OPTIONS := { {-j|--json} [{-p|--pretty}] | {-d|--debug} | {-l|--legacy} |
                            {-f|--bpffs} | {-n|--nomount} }

        """;

    /// <summary>Of <c>prog</c>.</summary>
    public const string OfPrograms = """
        Usage: bpftool prog { show | list } [PROG]
               bpftool prog dump xlated PROG [{ file FILE | opcodes | visual | linum }]
               bpftool prog dump jited  PROG [{ file FILE | opcodes | linum }]
               bpftool prog pin   PROG FILE
               bpftool prog { load | loadall } OBJ  PATH \
                                 [type TYPE] [dev NAME] \
                                 [map { idx IDX | name NAME } MAP]\
                                 [pinmaps MAP_DIR]
               bpftool prog attach PROG ATTACH_TYPE [MAP]
               bpftool prog detach PROG ATTACH_TYPE [MAP]
               bpftool prog run PROG \
                                 data_in FILE \
                                 [data_out FILE [data_size_out L]] \
                                 [ctx_in FILE [ctx_out FILE [ctx_size_out M]]] \
                                 [repeat N]
               bpftool prog profile PROG [duration DURATION] METRICs
               bpftool prog tracelog
               bpftool prog help

               MAP := { id MAP_ID | pinned FILE | name MAP_NAME }
               PROG := { id PROG_ID | pinned FILE | tag PROG_TAG | name PROG_NAME }
               TYPE := { socket | kprobe | kretprobe | classifier | action |
                         tracepoint | raw_tracepoint | xdp | perf_event | cgroup/skb |
                         cgroup/sock | cgroup/dev | lwt_in | lwt_out | lwt_xmit |
                         lwt_seg6local | sockops | sk_skb | sk_msg | lirc_mode2 |
                         sk_reuseport | flow_dissector | cgroup/sysctl |
                         cgroup/bind4 | cgroup/bind6 | cgroup/post_bind4 |
                         cgroup/post_bind6 | cgroup/connect4 | cgroup/connect6 |
                         cgroup/getpeername4 | cgroup/getpeername6 |
                         cgroup/getsockname4 | cgroup/getsockname6 | cgroup/sendmsg4 |
                         cgroup/sendmsg6 | cgroup/recvmsg4 | cgroup/recvmsg6 |
                         cgroup/getsockopt | cgroup/setsockopt | cgroup/sock_release |
                         struct_ops | fentry | fexit | freplace | sk_lookup }
               ATTACH_TYPE := { sk_msg_verdict | sk_skb_verdict | sk_skb_stream_verdict |
                                sk_skb_stream_parser | flow_dissector }
               METRIC := { cycles | instructions | l1d_loads | llc_misses | itlb_misses | dtlb_misses }
               OPTIONS := { {-j|--json} [{-p|--pretty}] | {-d|--debug} | {-l|--legacy} |
                            {-f|--bpffs} | {-m|--mapcompat} | {-n|--nomount} |
                            {-L|--use-loader} }

        """;

    /// <summary>Of <c>link</c>.</summary>
    public const string OfLinks = """
        Usage: bpftool link { show | list }   [LINK]
               bpftool link pin        LINK  FILE
               bpftool link detach     LINK
               bpftool link help

               LINK := { id LINK_ID | pinned FILE }
               OPTIONS := { {-j|--json} [{-p|--pretty}] | {-d|--debug} | {-l|--legacy} |
                            {-f|--bpffs} | {-n|--nomount} }

        """;

    /// <summary>Prints a usage.</summary>
    /// <returns>0.</returns>
    public static int Print(BpftoolOutput output, string usage)
    {
        if (output.Json is { } json)
        {
            json.Null();
        }
        else
        {
            output.Error.Write(usage.ReplaceLineEndings("\n"));
        }

        return 0;
    }
}
