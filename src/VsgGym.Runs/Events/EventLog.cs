using System.Globalization;
using System.Text;

namespace VsgGym.Runs;

/// <summary>Writes a run's log; every line leaves this process at once, and reaches the disk with <see cref="Sync"/>.</summary>
internal sealed class EventLog : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private long _end; // bytes of whole lines

    private EventLog(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>Number of the newest event, 0 before the first.</summary>
    public long Last { get; private set; }

    /// <summary>Opens a log, an empty one where there is none, and cuts away what is not whole: the last line of a process that was killed.</summary>
    public static EventLog Open(string path)
    {
        var file = FileFaults.Guard(path, "cannot be opened", () => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0));
        var log = new EventLog(path, file);
        try
        {
            log.Cut(long.MaxValue);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        return log;
    }

    /// <summary>The number of the newest event of a log that lies on disk.</summary>
    public static long Count(string path)
    {
        using var file = FileFaults.Guard(path, "cannot be read", () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return FileFaults.Guard(path, "cannot be read", () => Scan(file, long.MaxValue)).Events;
    }

    /// <summary>Cuts the log back to an event; later ones are gone.</summary>
    /// <param name="sequence">The event that will be the last, 0 for none; larger than the log: what is whole stays.</param>
    public void Cut(long sequence)
    {
        (Last, _end) = FileFaults.Guard(_path, "cannot be read", () => Scan(_file, sequence));
        FileFaults.Guard(_path, "cannot be cut", () => _file.SetLength(_end));
    }

    /// <summary>Appends the next event.</summary>
    /// <param name="create">Makes the event from its number.</param>
    public void Append(Func<long, RunEvent> create)
    {
        byte[] line = EventText.Write(create(Last + 1));
        try
        {
            _file.Position = _end;
            _file.Write(line);
        }
        catch (IOException error)
        {
            TakeBack();
            throw FileFaults.Of(_path, $"cannot be written: {error.Message}", "file_error");
        }

        _end += line.Length;
        Last++;
    }

    /// <summary>Makes sure that every event is on the disk, in the file that watchers read.</summary>
    public void Sync()
    {
        FileFaults.Guard(_path, "cannot be written", () => _file.Flush(flushToDisk: true));
        var seen = new FileInfo(_path);
        if (!seen.Exists) throw FileFaults.Of(_path, "is gone: someone removed it while the run was going on", "missing_file");
        if (seen.Length != _end) throw FileFaults.Of(_path, $"has {seen.Length} bytes, not {_end}: someone changed it while the run was going on", "damaged_file");
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static (long Events, long End) Scan(FileStream file, long most)
    {
        file.Position = 0;
        byte[] buffer = new byte[1 << 16];
        int held = 0;
        (long events, long end) = (0, 0);
        while (true)
        {
            int read = file.Read(buffer, held, buffer.Length - held);
            if (read == 0) return (events, end);
            held += read;
            int start = 0;
            for (int length; (length = buffer.AsSpan(start, held - start).IndexOf((byte)'\n') + 1) > 0; start += length)
            {
                if (events == most || !IsEvent(buffer.AsSpan(start, length), events + 1)) return (events, end);
                events++;
                end += length;
            }

            buffer.AsSpan(start, held - start).CopyTo(buffer);
            held -= start;
            if (held == buffer.Length) Array.Resize(ref buffer, 2 * buffer.Length);
        }
    }

    private static bool IsEvent(ReadOnlySpan<byte> line, long sequence) =>
        line.StartsWith(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"sequence\":{sequence},"))) && line.EndsWith("}\n"u8);

    // A full disk may have taken half the line.
    private void TakeBack()
    {
        try
        {
            _file.SetLength(_end);
        }
        catch (IOException)
        {
            // The next start cuts what is not whole.
        }
    }
}
