namespace KernelSim.LabScripts.Abi;

/// <summary>The addresses that a program passes to a batch lookup.</summary>
/// <param name="InBatch">The cursor to continue from; 0 at the start.</param>
/// <param name="OutBatch">Receives the next cursor.</param>
/// <param name="Keys">Receives the keys.</param>
/// <param name="Values">Receives the values.</param>
/// <param name="Count">The room in elements; receives their number.</param>
/// <param name="Options">A <c>bpf_map_batch_opts</c>, or 0.</param>
internal readonly record struct BatchBuffers(ulong InBatch, ulong OutBatch, ulong Keys, ulong Values, ulong Count, ulong Options);
