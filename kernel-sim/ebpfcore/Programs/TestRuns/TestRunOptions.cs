namespace KernelSim.EbpfCore.Programs;

/// <summary>The options of a test run: <c>ebpf_program_test_run_options_t</c>. Its flags are ignored.</summary>
/// <param name="Repeat">Number of runs, at least one.</param>
/// <param name="BatchSize">
/// Runs in an epoch. Upstream counts down before a run, so the first epoch has one run less; with 1 it is empty.
/// </param>
/// <param name="Cpu">The processor to run on; not validated yet.</param>
/// <param name="DataIn">Size of the data in the request's tail, in bytes.</param>
/// <param name="ContextIn">Size of the context after it, in bytes; the reply has as much room for the context.</param>
/// <param name="DataOut">Room for data in the reply's tail, in bytes.</param>
internal sealed record TestRunOptions(ulong Repeat, ulong BatchSize, uint Cpu, int DataIn, int ContextIn, int DataOut);
