namespace KernelSim.Protocol;

/// <summary>
/// Ids of the general helpers: <c>ebpf_helper_id_t</c> (<c>BPF_FUNC_*</c>), with the numbers of eBPF for Windows. Linux numbers its own
/// helpers differently. A program type's own helpers have numbers from 65535 and no member here.
/// </summary>
public enum BpfFuncId : uint
{
    /// <summary><c>BPF_FUNC_map_lookup_elem</c>.</summary>
    MapLookupElem = 1,

    /// <summary><c>BPF_FUNC_map_update_elem</c>.</summary>
    MapUpdateElem = 2,

    /// <summary><c>BPF_FUNC_map_delete_elem</c>.</summary>
    MapDeleteElem = 3,

    /// <summary><c>BPF_FUNC_map_lookup_and_delete_elem</c>.</summary>
    MapLookupAndDeleteElem = 4,

    /// <summary><c>BPF_FUNC_tail_call</c>.</summary>
    TailCall = 5,

    /// <summary><c>BPF_FUNC_get_prandom_u32</c>.</summary>
    GetPrandomU32 = 6,

    /// <summary><c>BPF_FUNC_ktime_get_boot_ns</c>.</summary>
    KtimeGetBootNs = 7,

    /// <summary><c>BPF_FUNC_get_smp_processor_id</c>.</summary>
    GetSmpProcessorId = 8,

    /// <summary><c>BPF_FUNC_ktime_get_ns</c>.</summary>
    KtimeGetNs = 9,

    /// <summary><c>BPF_FUNC_csum_diff</c>.</summary>
    CsumDiff = 10,

    /// <summary><c>BPF_FUNC_ringbuf_output</c>.</summary>
    RingbufOutput = 11,

    /// <summary><c>BPF_FUNC_trace_printk2</c>.</summary>
    TracePrintk2 = 12,

    /// <summary><c>BPF_FUNC_trace_printk3</c>.</summary>
    TracePrintk3 = 13,

    /// <summary><c>BPF_FUNC_trace_printk4</c>.</summary>
    TracePrintk4 = 14,

    /// <summary><c>BPF_FUNC_trace_printk5</c>.</summary>
    TracePrintk5 = 15,

    /// <summary><c>BPF_FUNC_map_push_elem</c>.</summary>
    MapPushElem = 16,

    /// <summary><c>BPF_FUNC_map_pop_elem</c>.</summary>
    MapPopElem = 17,

    /// <summary><c>BPF_FUNC_map_peek_elem</c>.</summary>
    MapPeekElem = 18,

    /// <summary><c>BPF_FUNC_get_current_pid_tgid</c>.</summary>
    GetCurrentPidTgid = 19,

    /// <summary><c>BPF_FUNC_get_current_logon_id</c>.</summary>
    GetCurrentLogonId = 20,

    /// <summary><c>BPF_FUNC_is_current_admin</c>.</summary>
    IsCurrentAdmin = 21,

    /// <summary><c>BPF_FUNC_memcpy</c>.</summary>
    Memcpy = 22,

    /// <summary><c>BPF_FUNC_memcmp</c>.</summary>
    Memcmp = 23,

    /// <summary><c>BPF_FUNC_memset</c>.</summary>
    Memset = 24,

    /// <summary><c>BPF_FUNC_memmove</c>.</summary>
    Memmove = 25,

    /// <summary><c>BPF_FUNC_get_socket_cookie</c>.</summary>
    GetSocketCookie = 26,

    /// <summary><c>BPF_FUNC_strncpy_s</c>.</summary>
    StrncpyS = 27,

    /// <summary><c>BPF_FUNC_strncat_s</c>.</summary>
    StrncatS = 28,

    /// <summary><c>BPF_FUNC_strnlen_s</c>.</summary>
    StrnlenS = 29,

    /// <summary><c>BPF_FUNC_ktime_get_boot_ms</c>.</summary>
    KtimeGetBootMs = 30,

    /// <summary><c>BPF_FUNC_ktime_get_ms</c>.</summary>
    KtimeGetMs = 31,

    /// <summary><c>BPF_FUNC_perf_event_output</c>.</summary>
    PerfEventOutput = 32,

    /// <summary><c>BPF_FUNC_get_current_process_start_key</c>.</summary>
    GetCurrentProcessStartKey = 33,

    /// <summary><c>BPF_FUNC_get_current_thread_create_time</c>.</summary>
    GetCurrentThreadCreateTime = 34,

    /// <summary><c>BPF_FUNC_redirect_map</c>.</summary>
    RedirectMap = 35,
}
