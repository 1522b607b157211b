namespace KernelSim.Tool.Trace.Conversion;

/// <summary>The formats that a trace can be converted to.</summary>
internal enum TraceFormat
{
    /// <summary>Chromium's trace event format, which Perfetto and Chromium open.</summary>
    Chromium,

    /// <summary>A table with a row for each event and a column for each field.</summary>
    Csv,
}
