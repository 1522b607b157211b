using System.Text.Json;

namespace KernelSim.Debugger.Output;

/// <summary>
/// A result as one JSON object: <c>{"command":"!maps","rows":[…]}</c>, with its members before the tables and its notes last, or
/// <c>{"command":"…","error":"…"}</c>.
/// </summary>
internal static class ResultJson
{
    public static void Write(Utf8JsonWriter json, CommandResult result)
    {
        json.WriteStartObject();
        json.WriteString("command", result.Command);
        if (result.Error is not null)
        {
            json.WriteString("error", result.Error);
        }

        foreach ((Column column, object? value) in result.Members)
        {
            json.WritePropertyName(column.Name);
            column.Kind.Write(json, value);
        }

        foreach (ResultTable table in result.Tables)
        {
            Write(json, table);
        }

        if (result.Notes.Count > 0)
        {
            json.WritePropertyName("notes");
            ColumnKind.Texts.Write(json, result.Notes);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ResultTable table)
    {
        json.WriteStartArray(table.Name);
        foreach (object?[] row in table.Rows)
        {
            json.WriteStartObject();
            for (int i = 0; i < row.Length; i++)
            {
                json.WritePropertyName(table.Columns[i].Name);
                table.Columns[i].Kind.Write(json, row[i]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
