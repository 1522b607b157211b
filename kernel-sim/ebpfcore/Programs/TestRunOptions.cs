namespace KernelSim.EbpfCore.Programs;

/// <summary>What a test run was asked for: <c>ebpf_program_test_run_options_t</c>. Its flags do nothing.</summary>
/// <param name="Repeat">How often, at least once.</param>
/// <param name="BatchSize">
/// Runs in an epoch. Upstream counts down before a run, so the first epoch has one run less; of 1 it is empty.
/// </param>
/// <param name="Cpu">On which processor; not checked yet.</param>
/// <param name="DataIn">Bytes of data in the request's tail.</param>
/// <param name="ContextIn">Bytes of context behind it; there is as much room for the context in the reply.</param>
/// <param name="DataOut">Room for data in the reply's tail.</param>
internal sealed record TestRunOptions(ulong Repeat, ulong BatchSize, uint Cpu, int DataIn, int ContextIn, int DataOut);
