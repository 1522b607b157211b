using System.Text.Json;
using KernelSim.LabScripts.Output;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.LabScripts;

/// <summary>The outcome of one line of a lab script: a return value and further fields, or the fault that ended the process.</summary>
internal sealed class ScriptResult
{
    /// <summary>The result of a call in a process that has ended.</summary>
    public static readonly ScriptResult NoProcess = new() { Ret = -(long)Errno.ESRCH };

    /// <summary>The return value: 0, a descriptor, a number, or a negated errno.</summary>
    public long Ret { get; init; }

    /// <summary>The name of the errno in <see cref="Ret"/>; null for one of eBPF for Windows.</summary>
    public string? ErrnoName { get; init; }

    /// <summary>The refusal; null if no check refused.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The access that ended the process during this call.</summary>
    public AccessViolation? Fault { get; init; }

    /// <summary>The fields that the call returns in addition.</summary>
    public IReadOnlyList<ScriptOutput> Outputs { get; init; } = [];

    /// <summary>The result of a call that failed without a check.</summary>
    public static ScriptResult Failed(Errno errno, params ScriptOutput[] outputs) => new() { Ret = -(long)errno, Outputs = outputs };

    /// <summary>Writes the result's line.</summary>
    /// <param name="json">The writer for the line.</param>
    /// <param name="id">The line's own id as JSON text, if it has one.</param>
    /// <param name="trailer">Writes fields at the end; null for none.</param>
    public void Write(Utf8JsonWriter json, string? id, Action<Utf8JsonWriter>? trailer = null)
    {
        json.WriteStartObject();
        if (id is not null)
        {
            json.WritePropertyName("id");
            json.WriteRawValue(id);
        }

        if (Fault is { } fault)
        {
            Write(json, fault);
        }
        else
        {
            json.WriteNumber("ret", Ret);
            if (Ret < 0)
            {
                json.WriteString("errno", ErrnoName ?? ResultConversions.NameOf((Errno)(-Ret)));
                Write(json, Refusal);
            }

            foreach (ScriptOutput output in Outputs)
            {
                output.Write(json);
            }
        }

        trailer?.Invoke(json);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Refusal? refusal)
    {
        if (refusal is null)
        {
            return;
        }

        json.WriteString("check", refusal.Check.Id);
        if (refusal is { Given: { } given, Expected: { } expected })
        {
            CheckJson.WriteNumbers(json, refusal.Check, given, expected);
        }
    }

    private static void Write(Utf8JsonWriter json, AccessViolation fault)
    {
        json.WriteStartObject("fault");
        json.WriteString("kind", "access_violation");
        json.WriteString("access", MemoryAccessNames.NameOf(fault.Access));
        json.WriteString("address", $"0x{fault.Address:x}");
        json.WriteNumber("length", fault.Length);
        json.WriteString("site", fault.Site);
        json.WriteEndObject();
    }
}
