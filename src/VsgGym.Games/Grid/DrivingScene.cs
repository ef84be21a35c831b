using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The layout of the driving game and the numbering of its states: mixed radix over the agents' places, the first agent slowest.</summary>
internal sealed class DrivingScene
{
    private const int Agents = 4;
    private const int MostRows = 1 << 22;
    private const string Characters = "#.:=123P*abcp";
    private const string Road = ".=123*abc";
    private const string Pavement = ":=Pp";

    private readonly GridLayout _layout;
    private readonly int[][] _places; // [agent]: the cells it stands on; past the last one it has left
    private readonly int[][] _actions; // [agent]: the moves it can use anywhere
    private readonly int[] _starts; // [agent]
    private readonly bool[][] _goals; // [agent][cell]

    private DrivingScene(GridLayout layout)
    {
        _layout = layout;
        _goals = [.. Enumerable.Range(0, Agents).Select(agent => Enumerable.Range(0, layout.Cells).Select(cell => GoalsOf(agent).Contains(layout[cell], StringComparison.Ordinal)).ToArray())];
        _places = [.. Enumerable.Range(0, Agents).Select(agent => Enumerable.Range(0, layout.Cells)
            .Where(cell => GroundOf(agent).Contains(layout[cell], StringComparison.Ordinal) && !_goals[agent][cell]).ToArray())];
        _actions = [.. Enumerable.Range(0, Agents).Select(agent => Enumerable.Range(0, Compass.Count)
            .Where(action => Array.Exists(_places[agent], cell => layout.Target(cell, action, GroundOf(agent)) is not null)).ToArray())];
        _starts = [.. Enumerable.Range(0, Agents).Select(agent => Array.IndexOf(_places[agent], layout.Find("123P"[agent])[0]))];
    }

    public int Rows => _layout.Rows;

    public int Columns => _layout.Columns;

    /// <summary>S.</summary>
    public int States => _places.Aggregate(1, (product, places) => product * (places.Length + 1));

    /// <summary>Everybody at the start.</summary>
    public int FirstState => State(_starts);

    /// <summary>Grounds and goals, for drawings.</summary>
    public IReadOnlyList<GridMark> Marks => [.. Enumerable.Range(0, _layout.Cells).Select(Mark).Where(mark => mark.Ground != GridGround.Plain)];

    /// <summary>Reads a layout, or adds what is wrong with it and gives null.</summary>
    public static DrivingScene? Read(string text, string path, FaultList faults)
    {
        int before = faults.Count;
        if (GridLayout.Parse(text, Characters, path, faults) is not { } layout) return null;
        foreach (char start in "123P") layout.Require(start, start == 'P' ? "the pedestrian's start" : $"the start of car_{start}", 1, 1, path, faults);
        layout.Require('p', "the pedestrian's goal", 1, 1, path, faults);
        layout.Require('*', "the goal of all cars", 0, 1, path, faults);
        foreach (char goal in "abc") layout.Require(goal, "a car's goal beside or in place of *", layout.Find('*').Count == 0 ? 1 : 0, 1, path, faults);
        if (faults.Count > before) return null;
        var scene = new DrivingScene(layout);
        double rows = scene._places.Aggregate(1.0, (product, places) => product * (places.Length + 1)) * scene._actions.Aggregate(1.0, (product, actions) => product * actions.Length);
        if (rows > MostRows) faults.Add(path, $"{rows:0} rows", $"states times joint actions must not exceed {MostRows}: take fewer cells", "game_too_large");
        for (int agent = 0; agent < Agents; agent++)
            if (!scene.Reaches(agent)) faults.Add(path, text, $"the goal of {(agent < 3 ? $"car_{agent + 1}" : "the pedestrian")} must be within its reach", "unreachable");
        return faults.Count == before ? scene : null;
    }

    /// <summary>The agent's actions, numbers of <see cref="Compass"/>.</summary>
    public IReadOnlyList<int> ActionsOf(int agent) => _actions[agent];

    /// <summary>The number of a state from every agent's place.</summary>
    public int State(ReadOnlySpan<int> places)
    {
        int state = 0;
        for (int agent = 0; agent < Agents; agent++) state = (state * (_places[agent].Length + 1)) + places[agent];
        return state;
    }

    /// <summary>An agent's cell in a state, or null when it has left.</summary>
    public int? CellOf(int state, int agent) => CellAt(agent, PlaceOf(state, agent));

    /// <summary>The cell of an agent's place, or null for having left.</summary>
    public int? CellAt(int agent, int place) => place < _places[agent].Length ? _places[agent][place] : null;

    /// <summary>The place that a move leads to, or null where it is illegal.</summary>
    public int? Target(int state, int agent, int action)
    {
        int gone = _places[agent].Length;
        if (CellOf(state, agent) is not { } cell) return action == Compass.Stay ? gone : null;
        if (_layout.Target(cell, action, GroundOf(agent)) is not { } target) return null;
        return _goals[agent][target] ? gone : Array.IndexOf(_places[agent], target);
    }

    private int PlaceOf(int state, int agent)
    {
        for (int later = Agents - 1; later > agent; later--) state /= _places[later].Length + 1;
        return state % (_places[agent].Length + 1);
    }

    private bool Reaches(int agent)
    {
        var open = new Queue<int>([_places[agent][_starts[agent]]]);
        var seen = new HashSet<int>(open);
        while (open.TryDequeue(out int cell))
        {
            if (_goals[agent][cell]) return true;
            foreach (int action in _actions[agent])
                if (_layout.Target(cell, action, GroundOf(agent)) is { } target && seen.Add(target)) open.Enqueue(target);
        }

        return false;
    }

    private GridMark Mark(int cell)
    {
        char character = _layout[cell];
        bool goal = "*abcp".Contains(character, StringComparison.Ordinal);
        var ground = goal ? GridGround.Goal : character switch
        {
            '#' => GridGround.Blocked,
            '=' => GridGround.Striped,
            ':' or 'P' => GridGround.Shaded,
            _ => GridGround.Plain,
        };
        return new GridMark(cell / Columns, cell % Columns, ground, goal ? $"{character}" : string.Empty);
    }

    private static string GroundOf(int agent) => agent < Agents - 1 ? Road : Pavement;

    private static string GoalsOf(int agent) => agent < Agents - 1 ? $"*{"abc"[agent]}" : "p";
}
