namespace KernelSim.Tool.Examples;

/// <summary>A first script for each type of map.</summary>
internal static class MapTypeExamples
{
    private const string Group = "Map types";

    // By bpftool's name: what is special about the type, and the script.
    private static readonly (string Type, string Text, string Script)[] s_rows =
    [
        ("hash", "Any key, one value. An update can ask for a new key only, or for an existing one.", """
            {"op":"map_create","as":"m","type":"hash","name":"ports","key_size":4,"value_size":8,"max_entries":3}
            {"op":"map_update_elem","fd":"m","key":"50000000","value":"0100000000000000"}
            # A new key only (BPF_NOEXIST): there is one already.
            {"op":"map_update_elem","fd":"m","key":"50000000","value":"0200000000000000","flags":1}
            {"op":"map_update_batch","fd":"m","keys":"16000000bb010000","values":"03000000000000000400000000000000","count":2}
            # The map is full.
            {"op":"map_update_elem","fd":"m","key":"35000000","value":"0500000000000000"}
            {"op":"map_lookup_batch","fd":"m","count":8}
            {"op":"map_delete_elem","fd":"m","key":"16000000"}
            {"op":"map_get_next_key","fd":"m","key":null}
            """),
        ("array", "Keys are indexes from 0, and every element exists from the start.", """
            {"op":"map_create","as":"m","type":"array","name":"slots","key_size":4,"value_size":4,"max_entries":4}
            {"op":"map_lookup_elem","fd":"m","key":"03000000"}
            {"op":"map_update_elem","fd":"m","key":"03000000","value":"2a000000"}
            # A deleted element is set to zeros.
            {"op":"map_delete_elem","fd":"m","key":"03000000"}
            {"op":"map_lookup_elem","fd":"m","key":"03000000"}
            # There is no index 4.
            {"op":"map_update_elem","fd":"m","key":"04000000","value":"2a000000"}
            """),
        ("prog_array", "Values are programs, for tail calls: written as descriptors, read as ids.", """
            {"op":"map_create","as":"m","type":"prog_array","name":"calls","key_size":4,"value_size":4,"max_entries":2}
            {"op":"object_load","as":"o","file":"droppacket.sys"}
            {"op":"map_update_elem","fd":"m","key":"00000000","value_fd":"o.DropPacket"}
            {"op":"map_lookup_elem","fd":"m","key":"00000000"}
            {"op":"map_delete_elem","fd":"m","key":"00000000"}
            {"op":"map_lookup_elem","fd":"m","key":"00000000"}
            """),
        ("percpu_hash", "A slot for each CPU in every value, padded to 8 bytes. A program sees its own CPU's slot.", """
            {"op":"map_create","as":"m","type":"percpu_hash","name":"stats","key_size":4,"value_size":12,"max_entries":16}
            {"op":"helper_map_update_elem","fd":"m","key":"50000000","value":"010000000100000001000000","cpu":0}
            {"op":"helper_map_update_elem","fd":"m","key":"50000000","value":"020000000200000002000000","cpu":1}
            # All CPUs' slots: 4 x 16 bytes, although a value has 12.
            {"op":"map_lookup_elem","fd":"m","key":"50000000"}
            {"op":"helper_map_lookup_elem","fd":"m","key":"50000000","cpu":1}
            # One CPU's value is not enough.
            {"op":"map_update_elem","fd":"m","key":"50000000","value":"030000000300000003000000"}
            {"op":"map_lookup_batch","fd":"m","count":4}
            """),
        ("percpu_array", "Indexes from 0, and a slot for each CPU in every value.", """
            {"op":"map_create","as":"m","type":"percpu_array","name":"ticks","key_size":4,"value_size":8,"max_entries":2}
            {"op":"helper_map_update_elem","fd":"m","key":"01000000","value":"0700000000000000","cpu":2}
            {"op":"map_lookup_elem","fd":"m","key":"01000000"}
            {"op":"map_lookup_elem","fd":"m","key":"00000000"}
            # The other CPUs keep what they have.
            {"op":"helper_map_update_elem","fd":"m","key":"01000000","value":"0900000000000000","cpu":3}
            {"op":"map_lookup_elem","fd":"m","key":"01000000"}
            """),
        ("hash_of_maps", "Values are maps like the template: written as descriptors, read as ids.", """
            {"op":"map_create","as":"inner","type":"hash","name":"inner","key_size":4,"value_size":4,"max_entries":4}
            {"op":"map_create","as":"outer","type":"hash_of_maps","name":"tenants","key_size":2,"value_size":4,"max_entries":8,"inner_fd":"inner"}
            {"op":"map_update_elem","fd":"outer","key":"0700","value_fd":"inner"}
            {"op":"map_lookup_elem","fd":"outer","key":"0700"}
            {"op":"map_update_elem","fd":"inner","key":"01000000","value":"2a000000"}
            # A program finds the map, and the value in it.
            {"op":"helper_map_lookup_inner","fd":"outer","key":"0700","inner_key":"01000000","cpu":0}
            """),
        ("array_of_maps", "Indexes from 0 for maps like the template.", """
            {"op":"map_create","as":"inner","type":"array","name":"inner","key_size":4,"value_size":4,"max_entries":2}
            {"op":"map_create","as":"outer","type":"array_of_maps","name":"tables","key_size":4,"value_size":4,"max_entries":2,"inner_fd":"inner"}
            {"op":"map_update_elem","fd":"outer","key":"00000000","value_fd":"inner"}
            {"op":"map_create","as":"other","type":"array","name":"other","key_size":4,"value_size":8,"max_entries":2}
            # Values of 8 bytes are not what the template has.
            {"op":"map_update_elem","fd":"outer","key":"01000000","value_fd":"other"}
            {"op":"helper_map_lookup_inner","fd":"outer","key":"00000000","inner_key":"01000000","cpu":0}
            """),
        ("lru_hash", "A full map makes room: the element that was used least recently goes.", """
            {"op":"map_create","as":"m","type":"lru_hash","name":"flows","key_size":4,"value_size":4,"max_entries":3}
            {"op":"map_update_batch","fd":"m","keys":"010000000200000003000000","values":"0a0000000b0000000c000000","count":3}
            # Key 1 is used, and key 4 is one too many.
            {"op":"map_lookup_elem","fd":"m","key":"01000000"}
            {"op":"map_update_elem","fd":"m","key":"04000000","value":"0d000000"}
            {"op":"map_lookup_batch","fd":"m","count":8}
            """),
        ("lpm_trie", "Keys are a prefix's length in bits and its bytes. A look-up finds the longest prefix that matches.", """
            {"op":"map_create","as":"r","type":"lpm_trie","name":"routes","key_size":8,"value_size":1,"max_entries":8}
            # 10.0.0.0/8 and 10.1.0.0/16
            {"op":"map_update_elem","fd":"r","key":"080000000a000000","value":"01"}
            {"op":"map_update_elem","fd":"r","key":"100000000a010000","value":"02"}
            # 10.1.2.3, 10.2.2.3 and 192.168.0.1
            {"op":"map_lookup_elem","fd":"r","key":"200000000a010203"}
            {"op":"map_lookup_elem","fd":"r","key":"200000000a020203"}
            {"op":"map_lookup_elem","fd":"r","key":"20000000c0a80001"}
            """),
        ("queue", "First in, first out. There are no keys.", """
            {"op":"map_create","as":"q","type":"queue","name":"jobs","key_size":0,"value_size":4,"max_entries":2}
            {"op":"map_update_elem","fd":"q","value":"01000000"}
            {"op":"map_update_elem","fd":"q","value":"02000000"}
            # The queue is full; BPF_EXIST drops its oldest value.
            {"op":"map_update_elem","fd":"q","value":"03000000"}
            {"op":"map_update_elem","fd":"q","value":"03000000","flags":2}
            {"op":"map_lookup_elem","fd":"q"}
            {"op":"map_lookup_and_delete_elem","fd":"q"}
            {"op":"helper_map_pop_elem","fd":"q","cpu":1}
            {"op":"map_lookup_and_delete_elem","fd":"q"}
            """),
        ("lru_percpu_hash", "A slot for each CPU in every value, and a full map makes room.", """
            {"op":"map_create","as":"m","type":"lru_percpu_hash","name":"flows","key_size":4,"value_size":4,"max_entries":2}
            {"op":"helper_map_update_elem","fd":"m","key":"01000000","value":"0a000000","cpu":0}
            {"op":"helper_map_update_elem","fd":"m","key":"02000000","value":"0b000000","cpu":1}
            {"op":"helper_map_update_elem","fd":"m","key":"03000000","value":"0c000000","cpu":2}
            {"op":"map_lookup_batch","fd":"m","count":4}
            """),
        ("stack", "Last in, first out. There are no keys.", """
            {"op":"map_create","as":"s","type":"stack","name":"undo","key_size":0,"value_size":4,"max_entries":4}
            {"op":"map_update_elem","fd":"s","value":"01000000"}
            {"op":"helper_map_push_elem","fd":"s","value":"02000000","cpu":0}
            {"op":"map_lookup_elem","fd":"s"}
            {"op":"map_lookup_and_delete_elem","fd":"s"}
            {"op":"map_lookup_and_delete_elem","fd":"s"}
            {"op":"map_lookup_and_delete_elem","fd":"s"}
            """),
        ("ringbuf", "Records of all CPUs in one ring, in order. Each has a header of 8 bytes and is padded to 8.", """
            {"op":"map_create","as":"r","type":"ringbuf","name":"events","key_size":0,"value_size":0,"max_entries":4096}
            {"op":"helper_ringbuf_output","fd":"r","data":"a1a1a1","cpu":0}
            {"op":"helper_ringbuf_output","fd":"r","data":"b2","cpu":3}
            {"op":"ring_buffer_map_map_buffer","fd":"r"}
            {"op":"ring_buffer_consume","fd":"r"}
            {"op":"ring_buffer_map_map_buffer","fd":"r"}
            """),
        ("perf_event_array", "A ring for each CPU. A full ring loses records, and counts them.", """
            {"op":"map_create","as":"p","type":"perf_event_array","name":"samples","key_size":4,"value_size":4,"max_entries":4096}
            {"op":"helper_perf_event_output","fd":"p","data":"a1a1","cpu":1}
            {"op":"helper_perf_event_output","fd":"p","data":"b2","cpu":0}
            {"op":"ring_buffer_map_map_buffer","fd":"p","index":1}
            {"op":"perf_buffer_consume","fd":"p"}
            """),
        ("sample_hash_map", "A custom map: an extension stores its elements. Its values are objects of the extension in the kernel.", """
            {"op":"map_create","as":"m","type":"sample_hash_map","name":"numbers","key_size":4,"value_size":4,"max_entries":2}
            {"op":"map_update_elem","fd":"m","key":"01000000","value":"2a000000"}
            {"op":"map_lookup_elem","fd":"m","key":"01000000"}
            # The extension refuses values of another size.
            {"op":"map_create","type":"sample_hash_map","name":"wide","key_size":4,"value_size":8,"max_entries":2}
            """),
        ("xskmap", "A custom type without a provider on this machine: a map of it cannot be created.", """
            {"op":"map_create","type":"xskmap","name":"none","key_size":4,"value_size":4,"max_entries":2}
            """),
    ];

    /// <summary>A script for each type.</summary>
    public static IEnumerable<ExampleRow> Rows => s_rows.Select(row => new ExampleRow(
        $"map/{row.Type}",
        row.Type,
        () => new ExampleScript($"map/{row.Type}", Group, row.Type, row.Text, row.Script.ReplaceLineEndings("\n").Split('\n'))));
}
