namespace KernelSim.Tool.Trace.Collection;

/// <summary>A recording ended because its events could not be taken: the file or the console took no more.</summary>
/// <param name="innerException">What the host said.</param>
internal sealed class RecordingException(Exception innerException) : Exception(innerException.Message, innerException);
