namespace KernelSim.Nt.Ke;

/// <summary>What a processor is doing: exact only while its threads stay where they are.</summary>
/// <param name="Number">The processor's number, from 0.</param>
/// <param name="Threads">Number of host threads that are in the kernel on it.</param>
/// <param name="Irql">The highest level of these threads; PASSIVE_LEVEL if there is none.</param>
public readonly record struct ProcessorState(int Number, int Threads, Irql Irql);
